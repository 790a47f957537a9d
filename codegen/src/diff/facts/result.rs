use super::{Said, pointer, word};
use crate::diff::facet::Facet;
use crate::diff::place::Subject;
use crate::format::Decide;
use crate::model::{Case, Code, Decision, ResultHandling, StatusPlace};

impl Said<'_> {
    /// How the answer of an operation is judged.
    pub(super) fn result(&mut self, result: &ResultHandling) {
        let ResultHandling {
            status,
            code,
            message,
            references,
            agrees,
            decisions,
            codes,
            shared_codes,
            origin,
        } = result;
        let subject = Subject::Result;
        self.say(&subject, Facet::Result, true, *origin);
        let status = match status {
            StatusPlace::Field(path) => pointer(path),
            StatusPlace::Always(status) => format!("always {status}"),
        };
        self.say(&subject, Facet::StatusPointer, status, *origin);
        self.perhaps(
            &subject,
            Facet::CodePointer,
            code.as_deref().map(pointer),
            *origin,
        );
        self.perhaps(
            &subject,
            Facet::MessagePointer,
            message.as_deref().map(pointer),
            *origin,
        );
        let references = references.iter().map(|path| pointer(path)).collect();
        self.list(&subject, Facet::References, references, *origin);
        let agrees = agrees.iter().map(|agreement| pointer(&agreement.path));
        self.list(&subject, Facet::Agrees, agrees.collect(), *origin);
        self.say(&subject, Facet::SharedCodes, word(shared_codes), *origin);
        decisions
            .iter()
            .for_each(|decision| self.decision(decision));
        codes.iter().for_each(|code| self.code(code));
    }

    fn decision(&mut self, decision: &Decision) {
        let Decision {
            status,
            case,
            decide,
            name,
            description,
            payload,
            needs,
            actions,
            sources,
            origin,
        } = decision;
        let case = case
            .as_ref()
            .map(|Case { by, value }| format!(" {} = {value}", pointer(by)));
        let subject = Subject::Decision(format!("{status}{}", case.unwrap_or_default()));
        // To say that nobody knows is to decide nothing, as is to say nothing.
        if *decide != Decide::Pending {
            self.say(&subject, Facet::Decision, true, *origin);
            self.say(&subject, Facet::Decides, decide.as_str(), *origin);
            self.say(&subject, Facet::OutcomeName, name, *origin);
            self.perhaps(
                &subject,
                Facet::Payload,
                payload.as_deref().map(pointer),
                *origin,
            );
            let needs = needs.iter().map(|path| pointer(path)).collect();
            self.list(&subject, Facet::Needs, needs, *origin);
        }
        self.list(
            &subject,
            Facet::PendingActions,
            actions.iter().map(word).collect(),
            *origin,
        );
        self.say(&subject, Facet::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn code(&mut self, code: &Code) {
        let Code {
            name,
            status,
            meaning,
            action,
            next_step,
            resend,
            refuses,
            shared: _,
            renamed_from,
            deprecated,
            sources,
            origin,
        } = code;
        let subject = Subject::Code(name.clone());
        self.say(&subject, Facet::Code, true, *origin);
        self.say(&subject, Facet::CodeStatus, status, *origin);
        self.say(&subject, Facet::NextStep, next_step.as_str(), *origin);
        self.say(&subject, Facet::Resend, resend.as_str(), *origin);
        // Which refusals come with it is for whoever plays the provider; callers see a code.
        let refuses = refuses
            .as_ref()
            .map(|what| format!(" Refuses: {}.", word(what)));
        let action = format!("{action}{}", refuses.unwrap_or_default());
        self.say(&subject, Facet::Description, action, *origin);
        self.say(&subject, Facet::CodeMeaning, meaning, *origin);
        self.perhaps(&subject, Facet::FormerName, renamed_from.as_ref(), *origin);
        self.deprecated(&subject, deprecated.as_ref(), *origin);
        self.sources(&subject, sources, *origin);
    }
}
