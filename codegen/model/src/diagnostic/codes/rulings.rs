//! Codes of contradictions that need a ruling.

super::codes! {
    FAILED_BUT_RETRY = "E090", "a failed code that advises to call again",
        "A code of a failed status is final, but its next step, its resend safety or its \
         documented action tells the caller to send the same request again. Record which side the \
         spec takes: add a dispute that settles `failed_but_retry` to this code.",
        "BUSY: {status: F, action: Call the API again., next_step: contact_support, …}";
    PENDING_WITHOUT_RESEND = "E091", "a pending code without advice to resend",
        "Under a pending status the safe next step is to send the same request again, or to \
         inquire. This code advises something else, such as a new request id, which can pay \
         twice. Record which side the spec takes: add a dispute that settles \
         `pending_without_resend` to this code.",
        "IN_PROCESS: {status: U, action: Pay again with a new request id., …}";
    SUCCESS_STEP_DIFFERS = "E092", "a success code whose advice differs from the result handling",
        "The status decides one thing, but the next step or the documented action of the code \
         says another. Record which side the spec takes: add a dispute that settles \
         `success_step_differs` to this code.",
        "the action of SUCCESS says that no step is left, but its status decides `redirect`";
    CODES_CONFLICT = "E093", "codes that contradict each other",
        "One code has two statuses in different places, or two codes have the same meaning but \
         different statuses. Record which side the spec takes: add a dispute that settles \
         `codes_conflict` to one of the codes.",
        "two codes with `meaning: A general failure.`, one F and one U";
    EXAMPLE_BREAKS_RULE = "E094", "a documented example breaks a rule",
        "The documented message breaks a rule of severity `warning`, so the provider contradicts \
         itself. Record which side the spec takes: add a dispute that settles \
         `example_breaks_rule` to this field, to the refinement or to the operation.",
        "a field with `required: {severity: warning}` that the example leaves out";
    CONDITION_ALWAYS_TRUE = "E095", "a condition that is always true",
        "The tested field has only one value and is always present, so the condition is always \
         true and the field is in fact required. Record which side the spec takes: add a dispute \
         that settles `condition_always_true` to this field, to the refinement or to the \
         operation.",
        "required_when: [{path: /kind, values: [A]}] beside kind: {const: A, required: true}";

    SETTLES_NOTHING = "W030", "a dispute that settles nothing",
        "`settles` names a contradiction that does not exist here. If the contradiction was \
         resolved, remove the word from `settles`; otherwise move the dispute to the right place.",
        "settles: [codes_conflict] where no codes conflict";
}
