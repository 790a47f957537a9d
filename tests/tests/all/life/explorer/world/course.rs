//! The world as a course that the search can follow: its choices, and what makes two of its states the same.

use super::super::carrier::Belief;
use super::super::diagram::Party;
use super::super::program::Kind;
use super::super::search::Course;
use super::super::shop::{By, Method};
use super::texts::{name, operation, said};
use super::{Choice, DOWN, Late, SET, World};
use std::mem::discriminant;
use std::time::Duration;

impl Course for World {
    type Choice = Choice;

    fn choices(&self) -> Vec<(Choice, u32)> {
        let mut choices = Vec::new();
        if let Some((request, _)) = &self.sent {
            choices.extend([
                (Choice::Answered, 0),
                (Choice::NotSent, 1),
                (Choice::RequestLost, 1),
                (Choice::AnswerLost, 1),
                (Choice::AnswerSpoilt, 1),
                (Choice::OtherAmount, 1),
                (Choice::RequestLate, 1),
                (Choice::Undecided, 1),
                (Choice::CrashBefore, 1),
                (Choice::CrashAfter, 1),
                (Choice::Down, 1),
            ]);
            // Nobody hears of an answer to a client that waits no longer.
            match self.rules.by {
                By::Machine => choices.push((Choice::AnswerLate, 1)),
                By::Client(Kind::Async) => choices.push((Choice::Dropped, 1)),
                By::Client(Kind::Blocking) => {}
            }
            if operation(request) != self.words().inquiry {
                choices.extend([(Choice::Refused, 1), (Choice::TurnedAway, 1)]);
            }
            if operation(request) == "cancel" {
                // Its answer states no amount.
                choices.retain(|(choice, _)| *choice != Choice::OtherAmount);
            }
        } else if self.wait.is_some() {
            choices.extend([
                (Choice::Wait, 0),
                (Choice::Crash, 1),
                (Choice::Down, 1),
                (Choice::ClockBack, 1),
                (Choice::ClockForward, 1),
            ]);
        }
        if self.ended == Some(Belief::NotDone) && self.shop.attempts() < 2 {
            choices.push((Choice::Anew, u32::from(!self.rules.anew)));
        }
        if self.ended.is_some() {
            choices.extend([(Choice::Crash, 1), (Choice::Down, 1)]);
        } else if !self.shop.has_full_disk() {
            choices.push((Choice::DiskFull, 1));
        }
        if self.open().is_some() {
            choices.extend([(Choice::Pay, 0), (Choice::Decline, 1)]);
        }
        // While a client carries the payment, the shop cannot tell it anything.
        let is_busy = self.sent.is_some() && self.rules.by != By::Machine;
        for (number, late) in self.late.iter().enumerate() {
            if is_busy && matches!(late, Late::Notification(_)) {
                continue;
            }
            choices.push((Choice::Arrives(number), 0));
            if matches!(late, Late::Notification(_)) {
                choices.push((Choice::ArrivesTwice(number), 1));
                choices.push((Choice::ArrivesAndCrash(number), 1));
                choices.push((Choice::ArrivesWithOtherAmount(number), 1));
            }
        }
        if let Some(menu) = self.rules.menu {
            let is_on = |choice: &Choice| {
                menu.iter()
                    .any(|one| discriminant(one) == discriminant(choice))
            };
            choices.retain(|(choice, cost)| *cost == 0 || is_on(choice));
        }
        choices
    }

    fn take(&mut self, choice: Choice) {
        self.had_full_disk = self.shop.has_full_disk();
        match choice {
            Choice::Wait => {
                self.now = self.wait.take().unwrap_or(self.now);
                self.go_on();
            }
            Choice::ClockBack | Choice::ClockForward => {
                let (by, what) = match choice {
                    Choice::ClockBack => (-SET, "back"),
                    _ => (SET, "forward"),
                };
                let what = format!("its clock is set {what} by {SET} s");
                self.diagram.note(Party::Shop, what);
                self.set += by;
                self.go_on();
            }
            Choice::Crash => self.crash(Duration::ZERO),
            Choice::Down => self.crash(DOWN),
            Choice::DiskFull => {
                self.diagram
                    .note(Party::Shop, "has a full disk, for a moment");
                self.shop.fill_disk();
            }
            Choice::Anew => {
                self.shop.begin_anew(self.moment());
                self.diagram.arrives(Party::Payer, Party::Shop, "once more");
                self.go_on();
            }
            Choice::Pay | Choice::Decline => {
                let id = self.open().expect("one is open");
                let pays = choice == Choice::Pay;
                match (self.rules.method, pays) {
                    (Method::Refund, true) => {}
                    (Method::Refund, false) => self
                        .diagram
                        .note(Party::Provider, format!("cannot refund {id}")),
                    (_, _) => {
                        let what = if pays { "pays" } else { "declines" };
                        self.diagram
                            .arrives(Party::Payer, Party::Provider, format!("{what} {id}"));
                    }
                }
                let done = self.provider.decided(&self.kept, &id, pays, self.now);
                self.done(done);
            }
            Choice::Arrives(number) => {
                let late = self.late.remove(number);
                self.come(late);
            }
            Choice::ArrivesTwice(number) => {
                let late = self.late[number].clone();
                self.come(late);
            }
            Choice::ArrivesWithOtherAmount(number) => {
                if let Late::Notification(request) = self.late.remove(number) {
                    self.notification(self.with_other_amount(&request));
                    self.go_on();
                }
            }
            Choice::ArrivesAndCrash(number) => {
                if let Late::Notification(request) = self.late.remove(number) {
                    self.notification(request);
                    self.crash(DOWN);
                }
            }
            _ => {
                let (request, number) = self.sent.take().expect("something was sent");
                self.ask(choice, request, number);
                self.go_on();
            }
        }
    }

    fn key(&self) -> String {
        let mut late: Vec<String> = self
            .late
            .iter()
            .map(|late| match late {
                Late::Request(request) => name(request),
                Late::Answer(number, what, answer) => format!("{number} {what} {}", said(answer)),
                Late::Notification(request) => String::from_utf8_lossy(request.body()).into_owned(),
            })
            .collect();
        late.sort();
        let sent = self.sent.as_ref().map(|(request, _)| name(request));
        format!(
            "{:?} {} {} {sent:?} {:?} {late:?} {:?} {:?} {} {:?}",
            self.now,
            self.set,
            self.shop.key(),
            self.wait,
            self.beliefs,
            self.acknowledged,
            self.taken,
            self.kept.number,
        )
    }

    fn wrong(&self) -> Option<String> {
        if self.taken > 1 {
            return Some(self.words().twice.to_owned());
        }
        if self.broken.is_some() {
            return self.broken.clone();
        }
        let told = self.beliefs.iter();
        let told = told.zip(self.beliefs.iter().skip(1));
        if let Some(((id, before), (_, after))) =
            { told }.find(|((id, before), (other, after))| id == other && before != after)
        {
            return Some(format!("{id} was {before:?}, and is {after:?} now"));
        }
        let (payments, done) = (&self.kept.payments, self.words().done);
        self.beliefs.iter().find_map(|(id, belief)| {
            let end = payments.get(id).cloned().flatten();
            let is_done = end.as_deref() == Some(self.words().done);
            match (belief, is_done) {
                (Belief::Done, false) => Some(format!("{id} is taken to be {done}, and is not")),
                (Belief::NotDone, true) => Some(format!("{id} is taken not to be {done}, and is")),
                (_, _) => None,
            }
        })
    }

    fn length(&self) -> usize {
        self.diagram.len()
    }
}
