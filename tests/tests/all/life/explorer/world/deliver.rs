//! Messages on their way: a request that the shop sent, and whatever comes late.

use super::super::carrier::Heard;
use super::super::diagram::Party;
use super::super::keys::other_notification;
use super::texts::{name, operation, said, text};
use super::{Choice, Late, World};
use http::Request;
use payspec_runtime::client::TransportError;
use serde_json::Value as Json;

impl World {
    pub(super) fn ask(&mut self, choice: Choice, request: Request<Vec<u8>>, number: usize) {
        let (shop, provider) = (Party::Shop, Party::Provider);
        let what = name(&request);
        let no_answer = || TransportError::NoAnswer("nothing came".to_owned());
        match choice {
            Choice::NotSent => {
                self.diagram.note(shop, format!("no connection for {what}"));
                let error = TransportError::NotSent("no connection".to_owned());
                self.shop.transport_failed(number, error, self.moment());
            }
            Choice::RequestLost => {
                self.diagram.is_lost(shop, provider, what);
                self.shop
                    .transport_failed(number, no_answer(), self.moment());
            }
            Choice::RequestLate => {
                self.diagram
                    .is_lost(shop, provider, format!("{what} (late)"));
                self.late.push(Late::Request(request));
                self.shop
                    .transport_failed(number, no_answer(), self.moment());
            }
            Choice::CrashBefore => {
                self.diagram
                    .note(shop, format!("crashes before it sends {what}"));
                self.shop.crash(self.moment());
            }
            _ => {
                let operation = operation(&request);
                let result = match choice {
                    Choice::Undecided => Some("UNKNOWN_EXCEPTION"),
                    Choice::TurnedAway => Some("INVALID_SIGNATURE"),
                    Choice::Refused if operation == self.words().principal => {
                        Some(self.words().refusal)
                    }
                    Choice::Refused => Some("PROCESS_FAIL"),
                    _ => self
                        .rules
                        .method
                        .open()
                        .filter(|_| operation == self.words().principal && !self.is_decided()),
                };
                self.diagram.arrives(shop, provider, what.clone());
                let fault = match choice {
                    Choice::AnswerSpoilt => Some("changed-body"),
                    Choice::OtherAmount => Some("other-amount"),
                    _ => None,
                };
                let answer = self.arrive(request, result, fault);
                let json: Json = serde_json::from_slice(answer.body()).unwrap_or_default();
                let says = said(&answer) + &self.stated(&json);
                match choice {
                    Choice::AnswerLost => {
                        self.diagram.is_lost(provider, shop, says);
                        self.shop
                            .transport_failed(number, no_answer(), self.moment());
                    }
                    Choice::AnswerLate => {
                        self.diagram
                            .is_lost(provider, shop, format!("{says} (late)"));
                        self.late.push(Late::Answer(number, what, answer));
                    }
                    Choice::Dropped => {
                        self.diagram.is_lost(provider, shop, says);
                        self.diagram.note(shop, "drops the future that waits");
                        self.shop.drop_future(self.moment());
                    }
                    Choice::CrashAfter => {
                        self.diagram.is_lost(provider, shop, says);
                        self.diagram.note(shop, "crashes, and goes on");
                        self.shop.crash(self.moment());
                    }
                    _ => {
                        let spoilt = match choice {
                            Choice::AnswerSpoilt => " (spoilt)",
                            _ => "",
                        };
                        self.diagram
                            .arrives(provider, shop, format!("{says}{spoilt}"));
                        self.shop.answered(number, &answer, self.moment());
                        self.expects_people(answer.body());
                    }
                }
            }
        }
    }

    /// Something that was late arrives.
    pub(super) fn come(&mut self, late: Late) {
        let (shop, provider) = (Party::Shop, Party::Provider);
        match late {
            Late::Request(request) => {
                let what = name(&request);
                self.diagram
                    .arrives(shop, provider, format!("{what} (late)"));
                let result = self.rules.method.open().filter(|_| {
                    operation(&request) == self.words().principal && !self.is_decided()
                });
                let answer = self.arrive(request, result, None);
                // Nobody waits for the answer.
                self.diagram.is_lost(provider, shop, said(&answer));
            }
            Late::Answer(number, what, answer) => {
                let says = said(&answer);
                self.diagram
                    .arrives(provider, shop, format!("{says} (to {what}, late)"));
                self.shop.answered(number, &answer, self.moment());
                self.go_on();
            }
            Late::Notification(request) => {
                self.notification(request);
                self.go_on();
            }
        }
    }

    /// A notification arrives.
    pub(super) fn notification(&mut self, request: Request<Vec<u8>>) {
        let json: Json = serde_json::from_slice(request.body()).unwrap_or_default();
        let amount = self.stated(&json);
        let says = format!(
            "notification: {}{amount}",
            text(&json["result"]["resultCode"])
        );
        self.diagram.arrives(Party::Provider, Party::Shop, says);
        // What is over stays as it is, also while its end waits to be written down.
        let was_over = self.shop.is_over();
        match self.shop.notified(&request, self.moment()) {
            Heard::Done => self.acknowledged.push(self.shop.id().to_owned()),
            Heard::Taken if !was_over && json[self.words().id] == self.shop.id() => {
                self.expects_people(request.body());
            }
            Heard::Taken => {}
            Heard::Again => {
                self.diagram.note(Party::Shop, "cannot write it down");
                self.late.push(Late::Notification(request));
            }
        }
    }

    /// The same notification with another amount, as the provider would sign it.
    pub(super) fn with_other_amount(&self, request: &Request<Vec<u8>>) -> Request<Vec<u8>> {
        let mut json: Json = serde_json::from_slice(request.body()).expect("JSON");
        let value = &mut json[self.words().amount]["value"];
        *value = format!("{}1", text(value)).into();
        let body = json.to_string().into_bytes();
        other_notification(&self.keys, request, body, self.now)
    }
}
