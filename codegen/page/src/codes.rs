//! Reads the table of result codes, complete or damaged: as a table, as rows without a table, with
//! cells that end on later lines, with a cell on each line, or as lines of words.

mod nameless;
mod repeats;
mod table;
mod words;

use super::advice;
use super::annotations::Annotations;
use super::facts::{Advice, Aspect, Code, Confidence, Guess, Subject};
use super::item::{Item, Kind, Row};
use super::lexicon::{Column, Lexicon, type_norm};
use super::line_report::FrameKind;
use super::tables::{Head, is_ruler};
use super::text::{is_constant, norm};
use words::{apart, bare, is_code, is_status, is_translation, joined};

pub(super) fn codes(
    lexicon: &Lexicon,
    items: &[Item],
    own: &[usize],
    operation: usize,
    names: &[String],
    annotations: &mut Annotations,
) -> Vec<Code> {
    let mut reader = Reader {
        lexicon,
        operation,
        annotations,
        head: Head::usual(),
        has_head: false,
        guesses_status: false,
        codes: Vec::new(),
        open: Open::Nothing,
    };
    for (at, index) in own.iter().enumerate() {
        if let Some(item) = items.get(*index) {
            let below = own.get(at + 1..).unwrap_or_default();
            reader.item(*index, item, below.iter().filter_map(|one| items.get(*one)));
        }
    }
    for code in &mut reader.codes {
        if let Some(action) = &code.action {
            code.advice = advice::read(action, names);
        }
    }
    let joined = repeats::join(reader.codes);
    nameless::mark(lexicon, items, own, annotations);
    let contradicts = |code: usize| joined.contradicts.get(code) == Some(&true);
    annotations.number_codes(items, &joined.of_row, contradicts);
    joined.codes
}

/// The state that decides what the next line may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// The last cell of the last row continues.
    Cell,
    /// The last row ends inside its code, and the next one goes on with it.
    Code,
    /// The row has a line for each cell. Holds the number of cells so far.
    Lines(usize),
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    operation: usize,
    annotations: &'a mut Annotations,
    head: Head,
    /// True if the page prints the head of the table.
    has_head: bool,
    /// True if the cells alone show which column has the status.
    guesses_status: bool,
    codes: Vec<Code>,
    open: Open,
}

impl Reader<'_> {
    fn item<'i>(&mut self, index: usize, item: &Item, below: impl Iterator<Item = &'i Item>) {
        if !self.annotations.is_open(index) {
            return;
        }
        match &item.kind {
            Kind::Row(row) => self.row(index, item.line, row, below),
            Kind::Text | Kind::Bullet | Kind::Term(_) => self.prose(index, item),
            Kind::Heading(_) | Kind::Code | Kind::Fence => self.open = Open::Nothing,
        }
    }

    fn row<'i>(
        &mut self,
        index: usize,
        line: u32,
        row: &Row,
        below: impl Iterator<Item = &'i Item>,
    ) {
        if is_ruler(row) {
            let is_blank = row.cells.iter().all(|cell| cell.trim().is_empty());
            if matches!(self.open, Open::Cell | Open::Code) && is_blank {
                self.goes_on(index, line, "");
            } else {
                self.annotations.frame(index, FrameKind::TableHead);
            }
            self.open = Open::Nothing;
        } else if let Some(mut head) = Head::of_codes(self.lexicon, row) {
            self.annotations.frame(index, FrameKind::TableHead);
            self.guesses_status = table::find_status(self.lexicon, &mut head, below);
            self.head = head;
            self.has_head = true;
            self.open = Open::Nothing;
        } else {
            let cell = |column| self.head.cell(row, column).map(bare);
            let (code, remark) = apart(cell(Column::Code).unwrap_or_default());
            let (code, remark) = (joined(code), remark.to_owned());
            let code = code.as_ref();
            let is_rest = is_constant(code.trim_start_matches('_'));
            let goes_on = self.open == Open::Code && is_rest && self.is_broken(code);
            self.open = Open::Nothing;
            let status = cell(Column::Status).unwrap_or_default();
            let is_translated = is_translation(code) && self.is_known_status(status);
            let is_other = self.has_head && self.lexicon.any_codes && is_code(code);
            if !is_constant(code) && !is_translated && !is_other && !goes_on {
                return;
            }
            let others = self.head.others(row).join("\n");
            let (status, http_status, message, action) = (
                cell(Column::Status).map(str::to_owned),
                cell(Column::HttpStatus).map(str::to_owned),
                cell(Column::Message).map(str::to_owned),
                cell(Column::Action).map(str::to_owned),
            );
            if goes_on {
                self.lengthen(index, line, code);
            } else {
                self.begin(index, line, code);
            }
            self.annotations.code_prose(index, &remark);
            if is_translated {
                self.guess(Aspect::Code, "the name of the code is translated");
            }
            for (column, text) in [
                (Column::Status, status),
                (Column::HttpStatus, http_status),
                (Column::Message, message),
                (Column::Action, action),
            ] {
                if let Some(text) = text {
                    self.fill(index, line, column, &text);
                }
            }
            let is_bare = row
                .cells
                .iter()
                .filter(|cell| !cell.trim().is_empty())
                .count()
                == 1;
            if !others.trim().is_empty() {
                self.fill(index, line, Column::Action, &others);
                self.guess(
                    Aspect::Action,
                    "one of its cells is under an unknown column",
                );
            }
            if self.guesses_status {
                self.guess(Aspect::Status, "the head of its column is unknown");
            }
            let last = self.head.len().checked_sub(1);
            let last = last.and_then(|last| row.cells.get(last));
            let is_short = self.has_head && last.is_none_or(String::is_empty);
            if is_bare && (!row.closed || self.is_broken("")) {
                self.open = Open::Code;
            } else if !row.closed || is_short && table::goes_on_below(below) {
                self.open = Open::Cell;
            }
        }
    }

    fn prose(&mut self, index: usize, item: &Item) {
        let text = item.text.as_str();
        if matches!(self.open, Open::Cell | Open::Code) {
            let inner = text.strip_suffix('|');
            self.goes_on(index, item.line, inner.unwrap_or(text).trim());
            if inner.is_some() {
                self.open = Open::Nothing;
            }
        } else if self.is_head(text) {
            self.annotations.frame(index, FrameKind::TableHead);
        } else if item.kind == Kind::Text {
            self.line(index, item.line, text);
        }
    }

    /// Reads a line that is a whole row, or a cell.
    fn line(&mut self, index: usize, line: u32, text: &str) {
        let mut words = text.splitn(3, char::is_whitespace);
        let code = words.next().unwrap_or_default();
        match (is_constant(code), words.next(), self.open) {
            (true, None, Open::Lines(1)) if self.is_broken(code) => {
                self.lengthen(index, line, code);
            }
            (true, None, _) => {
                self.begin(index, line, code);
                self.open = Open::Lines(1);
            }
            (true, Some(status), _) if is_status(status) => {
                let rest = words.next().unwrap_or_default();
                self.begin(index, line, code);
                self.fill(index, line, Column::Status, status);
                self.fill(index, line, Column::Message, rest);
                self.guess(
                    Aspect::Message,
                    "the columns of the table were lost: the further action may be part of it",
                );
                self.open = Open::Nothing;
            }
            (_, _, Open::Lines(count)) => {
                let column = match count {
                    1 => Column::Status,
                    2 => Column::Message,
                    _ => Column::Action,
                };
                if column == Column::Status && !is_status(text) {
                    self.open = Open::Nothing;
                    return;
                }
                self.fill(index, line, column, text);
                self.open = Open::Lines(count + 1);
            }
            (_, _, Open::Nothing | Open::Cell | Open::Code) => {}
        }
    }

    /// Returns whether the last code goes on with these letters.
    fn is_broken(&self, rest: &str) -> bool {
        let last = self.codes.last();
        last.is_some_and(|last| last.code.ends_with('_') || rest.starts_with('_'))
    }

    /// Returns whether a line consists of column names.
    fn is_head(&self, text: &str) -> bool {
        if text.len() > 100 {
            return false;
        }
        let word = type_norm(text);
        if self.lexicon.code_columns.contains_key(&word) && !is_constant(text) {
            return true;
        }
        let mut rest = norm(text);
        let mut columns = 0;
        while !rest.is_empty() {
            let names = self.lexicon.code_columns.keys().map(|name| norm(name));
            let longest = names
                .filter(|name| !name.is_empty() && rest.starts_with(name.as_str()))
                .map(|name| name.len())
                .max();
            let Some(length) = longest else {
                return false;
            };
            rest.drain(..length);
            columns += 1;
        }
        columns > 1
    }

    fn begin(&mut self, index: usize, line: u32, code: &str) {
        self.codes.push(Code {
            code: code.to_owned(),
            status: None,
            http_status: None,
            message: None,
            action: None,
            advice: Advice::default(),
            line,
            end_line: line,
            guesses: Vec::new(),
        });
        self.mark(index, Aspect::Code);
    }

    /// Appends the rest of a code that is broken over lines.
    fn lengthen(&mut self, index: usize, line: u32, rest: &str) {
        if let Some(last) = self.codes.last_mut() {
            last.code.push_str(rest);
            last.end_line = line;
        }
        self.mark(index, Aspect::Code);
    }

    fn fill(&mut self, index: usize, line: u32, column: Column, text: &str) {
        let text = text.trim();
        let Some(code) = self.codes.last_mut() else {
            return;
        };
        if text.is_empty() {
            return;
        }
        if matches!(column, Column::Message | Column::Action) {
            self.annotations.code_prose(index, text);
        }
        code.end_line = line;
        let (aspect, slot) = match column {
            Column::Status => return self.status(index, text),
            Column::HttpStatus => return self.http_status(index, text),
            Column::Ignored => return,
            Column::Message => (Aspect::Message, &mut code.message),
            Column::Action
            | Column::Number
            | Column::Name
            | Column::Title
            | Column::Type
            | Column::Required
            | Column::MaxLength
            | Column::Code
            | Column::Description => (Aspect::Action, &mut code.action),
        };
        match slot {
            Some(old) => {
                old.push('\n');
                old.push_str(text);
            }
            None => *slot = Some(text.to_owned()),
        }
        self.mark(index, aspect);
    }

    fn status(&mut self, index: usize, text: &str) {
        let text = bare(text);
        if is_status(text) {
            if let Some(code) = self.codes.last_mut() {
                code.status = Some(text.to_owned());
            }
            return self.mark(index, Aspect::Status);
        }
        match self.lexicon.status.get(&type_norm(text)) {
            Some(status) => {
                if let Some(code) = self.codes.last_mut() {
                    code.status = Some(status.clone());
                }
                self.guess(Aspect::Status, "the status is translated");
                self.mark(index, Aspect::Status);
            }
            None => self.guess(Aspect::Status, "the status word is unknown"),
        }
    }

    /// Reads the status of an HTTP response: `400`, `400 Bad Request`.
    fn http_status(&mut self, index: usize, text: &str) {
        let number = text.split(|char: char| !char.is_ascii_digit()).next();
        let status = number.and_then(|number| number.parse().ok());
        let status = status.filter(|status| (100..600).contains(status));
        match (self.codes.last_mut(), status) {
            (Some(code), Some(status)) => {
                code.http_status = Some(status);
                self.mark(index, Aspect::HttpStatus);
            }
            (_, None) => self.guess(Aspect::HttpStatus, "the HTTP status is not a number"),
            (None, Some(_)) => {}
        }
    }

    /// Appends a line to the last cell.
    fn goes_on(&mut self, index: usize, line: u32, text: &str) {
        let (column, aspect) = if self.head.has(Column::Action) {
            (Column::Action, Aspect::Action)
        } else {
            (Column::Message, Aspect::Message)
        };
        self.fill(index, line, column, text);
        if let Some(code) = self.codes.last_mut() {
            code.end_line = line;
        }
        self.mark(index, aspect);
    }

    fn is_known_status(&self, word: &str) -> bool {
        is_status(word) || self.lexicon.status.contains_key(&type_norm(word))
    }

    fn guess(&mut self, aspect: Aspect, why: &str) {
        if let Some(code) = self.codes.last_mut() {
            code.guesses.push(Guess {
                aspect,
                confidence: Confidence::Low,
                why: why.to_owned(),
            });
        }
    }

    fn mark(&mut self, item: usize, aspect: Aspect) {
        let Some(index) = self.codes.len().checked_sub(1) else {
            return;
        };
        let operation = self.operation;
        self.annotations
            .fact(item, Subject::Code { operation, index }, aspect);
    }
}
