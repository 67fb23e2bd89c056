//! Marks: what names, what is set, and what ends.

use super::frame::{By, Choice, Holds, Item, Worth};
use super::path::Path;
use super::reader::Reader;
use super::rules::Arrow;
use super::token::Mark;
use super::words::{BEFORE_COLON, LOOKS};

impl Reader<'_> {
    pub(super) fn mark(&mut self, mark: Mark) {
        let code = self.top().is_code();
        let is_over = self.item().is_dead || self.item().is_sealed;
        match mark {
            Mark::Comma | Mark::Semicolon if is_over => self.end_item(),
            _ if is_over => {}
            Mark::Comma => self.comma(),
            Mark::Semicolon => self.end_item(),
            Mark::Colon => self.colon(),
            Mark::Assign => self.assign(),
            Mark::Arrow => self.arrow(),
            Mark::ThinArrow => {
                let item = self.item();
                let is_arm = code && item.key.is_none();
                if is_arm && matches!(item.value, Worth::Literal(_)) {
                    self.set_key();
                } else {
                    item.value = Worth::None;
                }
            }
            Mark::Dot => {
                let item = self.item();
                let value = std::mem::take(&mut item.value);
                item.value =
                    if let Worth::Literal(node) = value { Worth::Asked(node) } else { value };
            }
            Mark::Or => self.item().or(),
            Mark::Question => self.question(),
            Mark::Tag => {
                let item = self.item();
                *item = Item { is_tag: true, indent: item.indent, ..Item::default() };
            }
            Mark::Other('/' | '>') if self.item().is_tag => {
                self.end_attribute();
                self.item().is_tag = mark == Mark::Other('/');
            }
            Mark::Unequal | Mark::Other('=') => {
                let item = self.item();
                item.choice.differs |= mark == Mark::Unequal;
                item.left = None;
                item.value = Worth::Other;
            }
            Mark::Other(one) => self.operator(one),
            Mark::Pattern => self.item().value = Worth::Other,
            Mark::Open(_) | Mark::Close(_) => {}
        }
    }

    /// A mark that changes a value, mostly into one that is not followed.
    fn operator(&mut self, one: char) {
        let item = self.item();
        item.names_section = false;
        let is_first = matches!(item.value, Worth::None);
        let keeps = match one {
            // an address of Go
            '&' | '*' => is_first,
            // `value!`
            '!' => !is_first,
            '?' => true,
            _ => false,
        };
        if !keeps {
            item.value = Worth::Other;
        }
    }

    fn comma(&mut self) {
        let code = self.top().is_code();
        let source = self.text;
        let item = self.item();
        if item.command.is_some() {
            self.end_argument();
        } else if code && item.key.is_none() && item.left.is_some() {
            // `a, b = "x", "y"`: which is which is not followed
            item.take_node(source);
            item.is_tuple = true;
        } else {
            let is_tuple = item.is_tuple;
            self.end_item();
            self.item().is_tuple = is_tuple && code;
        }
    }

    fn colon(&mut self) {
        if self.item().choice.is_open {
            self.other_side();
            return;
        }
        let code = self.top().is_code();
        let first = std::mem::take(&mut self.item().first);
        let is_keyword = BEFORE_COLON.contains(&&*first);
        self.item().first = first;
        if self.top().holds == Holds::Index {
            self.item().value = Worth::Other;
        } else if code && is_keyword {
            if self.rules.indents && self.item().section.is_some() {
                self.open_class();
            }
            let indent = self.item().indent;
            *self.item() = Item { indent, ..Item::default() };
        } else if !(is_keyword && self.item().first == "lambda") {
            self.set_key();
            self.item().by = By::Colon;
        }
    }

    /// What was read names what follows.
    pub(super) fn set_key(&mut self) {
        let source = self.text;
        let item = self.item();
        let value = std::mem::take(&mut item.value);
        item.key = if let Worth::Literal(node) = value {
            let inner = node.inner(source);
            node.scalar_text(source).map(|text| Path::of_text(&text, inner))
        } else {
            item.left.take()
        };
        if item.key.is_none() {
            item.value = Worth::Other;
        }
        item.left = None;
        item.by = By::Assign;
    }

    fn assign(&mut self) {
        let item = self.item();
        item.choice = Choice::default();
        if item.is_tuple {
            item.key = None;
            item.value = Worth::Other;
        } else if item.by == By::Colon && item.key.is_some() {
            item.value = Worth::None;
            item.left = None;
            item.by = By::Assign;
        } else {
            item.value = Worth::Name;
            self.set_key();
        }
        self.item().command = None;
    }

    fn arrow(&mut self) {
        let arguments = self.top().holds == Holds::Arguments;
        let arrow = self.rules.arrow;
        let item = self.item();
        let is_arm = matches!(item.value, Worth::Literal(_));
        match arrow {
            Arrow::Key => self.set_key(),
            Arrow::Body if !arguments && (is_arm || item.left.is_some()) => self.set_key(),
            Arrow::Function | Arrow::Body => {
                item.left = None;
                item.value = Worth::None;
            }
        }
    }

    /// An attribute of a tag is over.
    pub(super) fn end_attribute(&mut self) {
        let source = self.text;
        let item = self.item();
        let node = item.take_node(source);
        let key = item.key.take();
        item.left = None;
        if let (Some(node), Some(key)) = (node, key)
            && !LOOKS.contains(&key.last())
        {
            self.emit(&key, node);
        }
    }
}
