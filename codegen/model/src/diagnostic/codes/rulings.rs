//! Codes of contradictions that need a ruling.

super::codes! {
    FAILED_BUT_RETRY = "E090", "a failed code that advises to call again",
        "A code of a failed status is final, yet its next step, its resend safety or its \
         documented action tells the caller to send the same request again. Both cannot be right: \
         record which side the spec takes, as a dispute of that code that settles \
         `failed_but_retry`.",
        "BUSY: {status: F, action: Call the API again., next_step: contact_support, …}";
    PENDING_WITHOUT_RESEND = "E091", "a pending code without advice to resend",
        "Under a pending status the safe way on is the same request again (or an inquiry). This \
         code advises something else, such as a new request id, which can pay twice: record which \
         side the spec takes, as a dispute of that code that settles `pending_without_resend`.",
        "IN_PROCESS: {status: U, action: Pay again with a new request id., …}";
    SUCCESS_STEP_DIFFERS = "E092", "a success code whose advice differs from the result handling",
        "The status decides one thing, the code's next step or documented action says another: \
         record which side the spec takes, as a dispute of that code that settles \
         `success_step_differs`.",
        "SUCCESS says that nothing is left to do, its status decides `redirect`";
    CODES_CONFLICT = "E093", "codes that contradict each other",
        "One code has two statuses in different places, or two codes mean the same and have \
         different statuses: record which side the spec takes, as a dispute of one of the codes \
         that settles `codes_conflict`.",
        "two codes with `meaning: A general failure.`, one F and one U";
    EXAMPLE_BREAKS_RULE = "E094", "a rule that a documented example breaks",
        "The documented message breaks a rule of severity `warning`. The provider contradicts \
         itself: record which side the spec takes, as a dispute of that field, of the refinement \
         or of the operation that settles `example_breaks_rule`.",
        "a field with `required: {severity: warning}` that the example leaves out";
    CONDITION_ALWAYS_TRUE = "E095", "a condition that is always true",
        "The field that decides has one value only, and it is always present: so the condition is \
         always met and the field is in fact required. Record what the spec takes it for, as a \
         dispute of that field, of the refinement or of the operation that settles \
         `condition_always_true`.",
        "required_when: [{path: /kind, values: [A]}] beside kind: {const: A, required: true}";

    SETTLES_NOTHING = "W030", "a ruling that settles nothing",
        "The dispute says that it settles a contradiction that is not there. Either the \
         contradiction has been mended, then remove the word from `settles`, or the dispute stands \
         in the wrong place.",
        "settles: [codes_conflict] where no codes conflict";
}
