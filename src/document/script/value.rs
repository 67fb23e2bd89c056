//! Names and literals: what the value of a statement comes to.

use super::Language;
use super::frame::Worth;
use super::path::Path;
use super::reader::{Before, Reader};
use super::token::Mark;
use super::words::{KEYWORDS, SECTIONS, UNCHANGED};
use crate::document::piece::Piece;
use crate::document::{Node, Value};

impl<'t> Reader<'t> {
    pub(super) fn word(&mut self, word: Piece<'t>) {
        let joins = self.before == Before::Mark(Mark::Dot);
        let language = self.language;
        let item = self.item();
        if item.is_dead || item.is_sealed || (!joins && self.word_of_structure(word)) {
            return;
        }
        let types_follow = language == Language::Go
            && matches!(self.before, Before::Word(before) if !KEYWORDS.contains(&before));
        let code = self.top().is_code();
        let item = self.item();
        if item.first.is_empty() {
            word.text.clone_into(&mut item.first);
        } else if code && is_type(language, &item.first) && !joins {
            item.is_dead = true;
        }
        if item.names_section && !joins {
            item.names_section = false;
            item.section = Some(Path::new(word));
        }
        item.names_section |= !joins && SECTIONS.contains(&word.text);
        item.is_new |= word.text == "new";
        let value = std::mem::take(&mut item.value);
        let asks = matches!(value, Worth::Asked(_));
        item.value = match value {
            Worth::None | Worth::Name => Worth::Name,
            Worth::Asked(node) if UNCHANGED.contains(&word.text) => Worth::Literal(node),
            Worth::Default(read) => Worth::Default(read),
            Worth::Literal(_) | Worth::Asked(_) | Worth::Read(_) | Worth::Other => Worth::Other,
        };
        match &mut item.left {
            left if asks => *left = None,
            Some(left) if joins => left.push(word.text, word.span()),
            Some(_) if types_follow => {}
            left => *left = Some(Path::new(word)),
        }
    }

    /// Words that are more than a name; false where it is none.
    fn word_of_structure(&mut self, word: Piece<'t>) -> bool {
        let language = self.language;
        let has_literal = matches!(self.item().value, Worth::Literal(_));
        let commands = self.rules.commands && matches!(self.before, Before::Word(_));
        let is_open = match self.item().value {
            Worth::None | Worth::Default(_) => true,
            Worth::Name => commands,
            Worth::Literal(_) | Worth::Asked(_) | Worth::Read(_) | Worth::Other => false,
        };
        match word.text {
            "true" | "false" | "True" | "False" if is_open => {
                let value = word.text.eq_ignore_ascii_case("true");
                self.literal(Node::new(word.span(), Value::Bool(value)), word.at);
            }
            "null" | "nil" | "None" | "undefined" => self.item().value = Worth::Other,
            "or" if matches!(language, Language::Python | Language::Ruby | Language::Php) => {
                self.item().or();
            }
            "if" if language == Language::Python && has_literal => self.condition_follows(),
            "else" if language == Language::Python && self.item().choice.first.is_some() => {
                self.other_side();
            }
            "as" | "satisfies" if has_literal => self.item().is_sealed = true,
            "to" if language == Language::Kotlin && has_literal => self.set_key(),
            "if" | "unless" if language == Language::Ruby && has_literal => {
                self.end_item();
                self.item().is_dead = true;
            }
            "do" if language == Language::Ruby => self.open_section(),
            "end" | "else" | "then" if language == Language::Ruby => self.end_item(),
            _ if has_literal && self.item().is_tag => {
                self.end_attribute();
                return false;
            }
            _ => return false,
        }
        true
    }

    pub(super) fn literal(&mut self, node: Node, start: usize) {
        let commands = self.rules.commands && start > self.before_end;
        let called = match self.before {
            Before::Word(word) => commands && !KEYWORDS.contains(&word),
            Before::Literal | Before::Mark(_) => false,
        };
        let item = self.item();
        if item.is_dead || item.is_sealed {
            return;
        }
        item.choice.word = node.text().map(str::to_owned);
        let value = std::mem::take(&mut item.value);
        item.value = match value {
            Worth::None => Worth::Literal(node),
            Worth::Default(mut read) if super::defaults::is_scalar(&node) => {
                read.default = Some(node);
                Worth::Read(read)
            }
            Worth::Name if called && item.key.is_none() && item.command.is_none() => {
                item.command = item.left.take();
                Worth::Literal(node)
            }
            Worth::Name
            | Worth::Default(_)
            | Worth::Literal(_)
            | Worth::Asked(_)
            | Worth::Read(_)
            | Worth::Other => Worth::Other,
        };
    }
}

/// Whether a statement that starts with `first` speaks of types alone.
fn is_type(language: Language, first: &str) -> bool {
    matches!(language, Language::JavaScript | Language::Component)
        && matches!(first, "type" | "interface" | "declare")
}
