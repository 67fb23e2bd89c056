//! Calls: what is given to whom.

use super::defaults::{is_scalar, read_by_call};
use super::frame::{By, Frame, Read, Worth};
use super::path::Path;
use super::reader::Reader;
use super::words::{IGNORED, MODULES, SETTERS, WRAPPERS};
use crate::document::piece::text as text_node;
use crate::document::{Node, Style, Value};
use crate::source::Span;

/// What a default is called where it has a name.
const DEFAULTS: [&str; 5] = ["default", "defaultValue", "default_value", "fallback", "or"];
/// How long a name may be that is given as a text.
const MAX_NAME: usize = 64;

impl Reader<'_> {
    /// The arguments of a call are over.
    pub(super) fn end_call(&mut self, frame: Frame, end: usize) {
        let Some(callee) = frame.name.clone() else { return };
        let start = callee.span.start_offset().min(frame.start);
        let span = Span::new(start, end);
        let is_type = self.top().is_code() && self.item().by == By::Colon;
        let key = self.item().key.clone().filter(|_| !is_type);
        let worth = self.call(&callee, frame, span, key);
        let item = self.item();
        if item.left.is_none() || !matches!(worth, Worth::Name) {
            item.left = Some(callee.called());
        }
        let value = std::mem::take(&mut item.value);
        item.value = match (value, worth) {
            (Worth::Default(mut read), Worth::Literal(node)) if is_scalar(&node) => {
                read.default = Some(node);
                Worth::Read(read)
            }
            (Worth::Default(read), _) => Worth::Default(read),
            (Worth::None | Worth::Name, worth) => worth,
            (value, _) => value,
        };
    }

    /// What a call comes to; what it is given is noted.
    fn call(&mut self, callee: &Path, mut frame: Frame, span: Span, key: Option<Path>) -> Worth {
        let first = frame.items.first().and_then(Option::as_ref);
        let last = callee.last().to_ascii_lowercase();
        if MODULES.contains(&&*last) {
            let module = first.and_then(Node::text).map(|text| Path::of_text(text, span));
            self.item().left = module.or_else(|| Some(callee.clone()));
            return Worth::Name;
        }
        if let Some(name) = read_by_call(callee, first) {
            let named = frame.branch.find(&DEFAULTS).cloned();
            let second = frame.items.get(1).cloned().flatten();
            let mut read = Read::new(&name, span);
            read.default = second.or(named).filter(is_scalar);
            return Worth::Read(read);
        }
        if is_ignored(callee) {
            return Worth::Other;
        }
        let whole = callee.text().to_ascii_lowercase();
        let wraps = WRAPPERS.contains(&&*whole) || WRAPPERS.contains(&&*last);
        if wraps {
            return self.wrapped(callee, frame, span, key.is_some());
        }
        let items = std::mem::take(&mut frame.items);
        let mut noted = !frame.branch.is_empty();
        let closes_over = match items.as_slice() {
            [Some(only)] if self.rules.closures && only.text().is_some() => Some(only.clone()),
            _ => None,
        };
        let path = key.map_or_else(|| callee.clone(), |key| key.with(callee));
        for (pair, node) in given(callee, &items) {
            noted = true;
            match pair {
                Some(name) if SETTERS.contains(&&*last) => self.emit(&name, node),
                Some(name) => self.emit(&path.with(&name), node),
                None => self.emit(&path, node),
            }
        }
        if !frame.branch.is_empty() {
            self.emit(&path, frame.branch.finish(span));
        }
        match closes_over {
            Some(node) if noted => Worth::Asked(node),
            _ => Worth::Other,
        }
    }

    /// A function that is what it is given.
    fn wrapped(&mut self, callee: &Path, frame: Frame, span: Span, has_key: bool) -> Worth {
        let mut items: Vec<Node> = frame.items.iter().flatten().cloned().collect();
        let pairs = callee.last() == "of" && callee.before_last() == "Map";
        let mut branch = frame.branch;
        if pairs {
            for pair in std::mem::take(&mut items).chunks_exact(2) {
                if let [key, value] = pair
                    && let Some(key) = name_of(key).and_then(|path| path.key())
                {
                    branch.push(key, value.clone());
                }
            }
        }
        if !branch.is_empty() {
            if let Some((_, node)) = branch.only().filter(|_| items.is_empty())
                && matches!(callee.last(), "URL" | "Uri" | "URI" | "Field" | "NSURL")
            {
                return Worth::Literal(node.clone());
            }
            let node = branch.finish(span);
            if has_key {
                return Worth::Literal(node);
            }
            self.flow(&node);
            return Worth::Other;
        }
        match (items.pop(), items.is_empty()) {
            (Some(only), true) => Worth::Literal(only),
            (Some(last), false) => {
                items.push(last);
                Worth::Literal(Node::new(span, Value::List(items.into())))
            }
            (None, _) => Worth::Other,
        }
    }

    /// The entries of a map belong to what is around it.
    pub(super) fn flow(&mut self, node: &Node) {
        for entry in node.entries() {
            let path = Path::of_text(&entry.key.text, entry.key.span);
            self.emit(&path, entry.node.clone());
        }
    }

    /// An argument of a call without brackets is over.
    pub(super) fn end_argument(&mut self) {
        let source = self.text;
        let item = self.item();
        let node = item.take_node(source);
        let key = item.key.take();
        item.left = None;
        item.choice = super::frame::Choice::default();
        match (key, node) {
            (Some(key), Some(node)) => {
                if let Some(callee) = item.command.clone().filter(|callee| !is_ignored(callee)) {
                    self.emit(&callee.with(&key), node);
                }
            }
            (Some(_), None) => {}
            (None, node) => item.arguments.push(node),
        }
    }

    /// A call without brackets is over.
    pub(super) fn end_command(&mut self) {
        let item = self.item();
        let indent = item.indent;
        let arguments = std::mem::take(&mut item.arguments);
        let callee = item.command.take();
        *item = super::frame::Item { indent, ..super::frame::Item::default() };
        let Some(callee) = callee else { return };
        let mut frame = Frame::new(super::frame::Holds::Arguments, None, 0, 0);
        frame.items = arguments;
        let span = callee.span;
        let last = callee.last().to_ascii_lowercase();
        if !MODULES.contains(&&*last) {
            self.call(&callee, frame, span, None);
        }
    }
}

/// Whether what is given to a function is for people, or for the program itself.
fn is_ignored(callee: &Path) -> bool {
    let last = callee.last().to_ascii_lowercase();
    let holder = callee.before_last().to_ascii_lowercase();
    // a constant is none: `TEST("https://...")`
    let is_constant = callee.last().len() > 1 && !callee.last().contains(char::is_lowercase);
    (!is_constant && IGNORED.contains(&&*last))
        || last.ends_with("error")
        || last.ends_with("exception")
        || last.starts_with("assert")
        || matches!(&*holder, "console" | "log" | "logger" | "logging" | "timber")
}

/// What a call is given, without the arguments that say nothing: each value, with the name that
/// stands in front of it.
fn given(callee: &Path, items: &[Option<Node>]) -> Vec<(Option<Path>, Node)> {
    if let [Some(kind), Some(name), Some(value)] = items
        && matches!(callee.last(), "buildConfigField" | "resValue")
        && kind.text().is_some()
        && let Some(name) = name_of(name)
    {
        return vec![(Some(name), without_inner_quotes(value.clone()))];
    }
    match items {
        [Some(name), Some(value)] if is_scalar(value) => {
            if let Some(name) = name_of(name) {
                return vec![(Some(name), value.clone())];
            }
        }
        [Some(only)] if callee.last() == "putenv" => return assignment(only).into_iter().collect(),
        [Some(only)] => return vec![(None, only.clone())],
        _ => {}
    }
    let says = |node: &Node| match node.value {
        Value::Text { .. } | Value::List(_) | Value::Map(_) => true,
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => false,
    };
    items.iter().flatten().filter(|node| says(node)).map(|node| (None, node.clone())).collect()
}

/// `NAME=value` as a name and its value.
fn assignment(node: &Node) -> Option<(Option<Path>, Node)> {
    let (name, value) = node.text()?.split_once('=')?;
    let end = node.span.end_offset().saturating_sub(1);
    let span = Span::new(end.saturating_sub(value.len()).max(node.span.start_offset()), end);
    Some((Some(Path::of_text(name, node.span)), text_node(span, value, Style::Literal)))
}

/// A text as a name.
fn name_of(node: &Node) -> Option<Path> {
    let text = node.text()?;
    let begins = text.starts_with(|one: char| one.is_alphabetic() || one == '_');
    let fits = text.len() <= MAX_NAME
        && text.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '-' | '.' | ':'))
        && !text.contains("://");
    (begins && fits).then(|| Path::of_text(text, node.span))
}

/// A text that is code itself, `"\"value\""`: the value inside.
fn without_inner_quotes(node: Node) -> Node {
    let Some(text) = node.text() else { return node };
    let inside = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inside) = inside.map(str::to_owned) else { return node };
    let (start, end) = (node.span.start_offset(), node.span.end_offset());
    // the outer quotes, and the inner ones with or without a backslash
    let length = end - start;
    let extra = length.saturating_sub(inside.len()) / 2;
    let fits = length == inside.len() + 2 * extra && matches!(extra, 2 | 3);
    let span = if fits { Span::new(start + extra, end - extra) } else { node.span };
    let style =
        if inside.contains("{{") || inside.contains("${") { Style::Plain } else { Style::Literal };
    text_node(span, inside, style)
}
