//! Brackets that close: what they come to.

use super::Language;
use super::defaults::is_scalar;
use super::frame::{Frame, Holds, Item, Worth};
use super::path::Path;
use super::reader::Reader;
use crate::document::{Node, Value};
use crate::source::Span;

/// How far out a closing bracket is searched for its opening one.
const MAX_SEARCH: usize = 16;

impl Reader<'_> {
    /// A bracket closes.
    pub(super) fn close(&mut self, close: char, end: usize) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let found =
            self.frames.iter().rev().take(MAX_SEARCH).position(|frame| frame.close == Some(close));
        for _ in 0..=found.unwrap_or(0) {
            if found.is_some() {
                self.pop(end);
            }
        }
    }

    /// The innermost bracket is over.
    pub(super) fn pop(&mut self, end: usize) {
        if self.frames.len() <= 1 {
            return;
        }
        self.end_item();
        let own = self.frames.len() - 1;
        let Some(frame) = self.frames.pop() else { return };
        match frame.holds {
            Holds::Code => self.end_code(),
            Holds::Section => {
                if let Some(name) = frame.name.as_ref().filter(|_| !frame.branch.is_empty()) {
                    self.emit(name, frame.branch.finish(Span::new(frame.start, end)));
                }
                self.end_code();
            }
            Holds::Items => self.end_items(frame, own, end),
            Holds::Arguments => self.end_call(frame, end),
            Holds::Group => self.end_group(frame.result),
            Holds::Index => self.end_index(&frame, end),
            Holds::Nothing => {}
        }
    }

    fn end_code(&mut self) {
        let code = self.top().is_code();
        // `Name { get; set; } = "value"` of C#
        let keeps = self.language == Language::CSharp;
        let item = self.item();
        if code {
            let left = item.left.take().filter(|_| keeps);
            *item = Item { indent: item.indent, left, ..Item::default() };
        } else {
            item.value = Worth::Other;
            item.left = None;
        }
    }

    fn end_items(&mut self, frame: Frame, own: usize, end: usize) {
        let span = Span::new(frame.start, end);
        let flowed = frame.target != own;
        let mut items: Vec<Node> = frame.items.into_iter().flatten().collect();
        if self.language == Language::CSharp
            && self.top().holds == Holds::Items
            && let [key, value] = items.as_slice()
            && let Some(text) = key.text()
        {
            // `{ "key", "value" }` in a dictionary
            let path = Path::of_text(text, key.inner(self.text));
            self.emit(&path, value.clone());
            self.item().is_dead = true;
            return;
        }
        let node = match (frame.branch.is_empty(), items.is_empty()) {
            (true, true) => None,
            (false, true) => Some(frame.branch.finish(span)),
            (empty, false) => {
                if !empty {
                    items.insert(0, frame.branch.finish(span));
                }
                Some(Node::new(span, Value::List(items.into())))
            }
        };
        match (node, frame.name) {
            (Some(node), Some(name)) if self.item().key.is_none() => {
                self.emit(&name, node);
                self.item().value = Worth::Other;
            }
            (Some(node), _) if !flowed => {
                let frame = self.top();
                if frame.is_code() && frame.item.key.is_none() {
                    self.flow(&node);
                }
                self.take(node);
            }
            _ => {
                let item = self.item();
                item.value = if matches!(item.value, Worth::None) && item.key.is_some() {
                    Worth::Name
                } else {
                    Worth::Other
                };
                item.left = None;
            }
        }
    }

    /// Takes a value that was read in brackets.
    fn take(&mut self, node: Node) {
        let item = self.item();
        let value = std::mem::take(&mut item.value);
        item.left = None;
        item.value = match value {
            // of a variable or the map that stands in for it, the map tells more
            Worth::None | Worth::Name | Worth::Default(_) => Worth::Literal(node),
            Worth::Literal(_) | Worth::Asked(_) | Worth::Read(_) | Worth::Other => Worth::Other,
        };
    }

    fn end_group(&mut self, result: Worth) {
        let frame = self.top();
        if let Worth::Literal(node) = &result
            && frame.is_code()
            && frame.item.key.is_none()
        {
            self.flow(node);
        }
        let item = self.item();
        let value = std::mem::take(&mut item.value);
        item.value = match (value, result) {
            (Worth::None, result) => result,
            (Worth::Read(mut read) | Worth::Default(mut read), Worth::Literal(node))
                if read.default.is_none() && is_scalar(&node) =>
            {
                read.default = Some(node);
                Worth::Read(read)
            }
            (value, _) => value,
        };
    }

    fn end_index(&mut self, frame: &Frame, end: usize) {
        let source = self.text;
        let item = self.item();
        match frame.items.as_slice() {
            [Some(node)] if is_scalar(node) => {
                let text = node.scalar_text(source).unwrap_or_default();
                if let Some(left) = &mut item.left {
                    left.push(&text, node.inner(source));
                    left.span = left.span.to(Span::new(frame.start, end));
                }
            }
            _ => {
                // `map[string]string` of Go names a type; anything else is not followed
                if matches!(item.value, Worth::Name) && item.key.is_none() {
                    item.left = None;
                }
            }
        }
        let value = std::mem::take(&mut item.value);
        let is_part = matches!(value, Worth::Literal(_) | Worth::Asked(_) | Worth::Read(_));
        item.value = if is_part { Worth::Other } else { value };
    }
}
