//! One file under validation: what was found, and what every part of it may be made of.

use std::ops::Range;
use std::sync::Arc;

use super::{Index, Known};
use crate::document::Located;
use crate::expression::Expression;
use crate::pack::template::{SENDING, scan};
use crate::pack::written::Code;
use crate::pack::{Class, EnvironmentName, Pattern, RoleId, Template, TemplatePart, TemplateUse};
use crate::source::{Diagnostic, SourceText, Span, nearest, suggest};

/// A file of a pack.
pub(crate) struct Author<'a> {
    /// The file.
    pub(crate) source: Arc<SourceText>,
    /// The id of its pack.
    pub(crate) pack: &'a str,
    /// Everything else.
    pub(crate) index: &'a Index,
    /// What is wrong.
    pub(crate) found: Vec<Diagnostic>,
    /// Captures that templates name, to be compared with what other checks offer.
    pub(crate) captures: Vec<(String, Span)>,
    /// The keys of the file, also of entries with mistakes.
    pub(crate) keys: Vec<String>,
    /// Whether the file is one of the tool's own, whose patterns are proved by its tests.
    pub(crate) trusted: bool,
}

impl<'a> Author<'a> {
    /// Nothing found yet.
    pub(crate) fn new(source: &Arc<SourceText>, pack: &'a str, index: &'a Index) -> Self {
        let (found, captures, keys) = (Vec::new(), Vec::new(), Vec::new());
        Self { source: Arc::clone(source), pack, index, found, captures, keys, trusted: false }
    }

    /// Says a mistake.
    pub(super) fn say(&mut self, span: Span, message: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.source, span, message));
    }

    /// Says a mistake, and what to write instead.
    pub(super) fn say_with(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let mut diagnostic = Diagnostic::error(&self.source, span, message);
        diagnostic.help = help;
        self.found.push(diagnostic);
    }

    /// The own pack, if its `pack.yaml` could be read.
    pub(super) fn own(&self) -> Option<&'a Known> {
        self.index.packs.get(self.pack).filter(|known| known.readable)
    }

    /// The bytes `range` of the decoded text `text`, whose literal stands at `span`.
    pub(super) fn inside(&self, span: Span, text: &str, range: &Range<usize>) -> Span {
        let raw = span.of(self.source.text());
        let start = span.start_offset();
        if let Some(at) = raw.find(text) {
            return Span::new(start + at + range.start, start + at + range.end);
        }
        // folded or escaped: the same piece, counted from the start
        let piece = text.get(range.clone()).unwrap_or_default();
        let before = text.get(..range.start).unwrap_or_default().matches(piece).count();
        let found = raw.match_indices(piece).nth(before).filter(|_| !piece.is_empty());
        found.map_or(span, |(at, _)| Span::new(start + at, start + at + piece.len()))
    }

    /// A role, which must exist.
    pub(super) fn role(&mut self, name: &Located<String>) -> Option<RoleId> {
        if name.absent {
            return None;
        }
        let role = if name.value.contains('/') {
            name.value.parse().ok()
        } else {
            Some(RoleId { pack: self.pack.to_owned(), role: name.value.clone() })
        };
        let Some(role) = role else {
            self.say(name.span, "a role is written `role`, or `pack/role` where it is another's");
            return None;
        };
        self.exists(&role, name.span, &[]).then_some(role)
    }

    /// Whether a role exists, which is said if not; `also` are other words for the same place.
    fn exists(&mut self, role: &RoleId, span: Span, also: &[&str]) -> bool {
        let own = role.pack == self.pack;
        match self.index.packs.get(&role.pack) {
            Some(known) if !known.readable || known.roles.contains_key(&role.role) => true,
            Some(known) => {
                let before = if own { String::new() } else { format!("{}/", role.pack) };
                let full: Vec<String> =
                    known.roles.keys().map(|name| format!("{before}{name}")).collect();
                let words: Vec<&str> =
                    full.iter().map(String::as_str).chain(also.iter().copied()).collect();
                let word = if own { role.role.clone() } else { role.to_string() };
                self.say_with(span, format!("unknown role `{word}`"), suggest(&word, &words));
                false
            }
            None => {
                let packs: Vec<&str> = self.index.packs.keys().map(String::as_str).collect();
                let help = suggest(&role.pack, &packs);
                self.say_with(span, format!("there is no pack `{}`", role.pack), help);
                false
            }
        }
    }

    /// An environment; a slip of a class's name is no environment of its own.
    pub(super) fn environment(&mut self, name: &Located<String>) -> Option<EnvironmentName> {
        if name.absent {
            return None;
        }
        let classes = [Class::Sandbox.as_str(), Class::Production.as_str()];
        // `production-eu` and `prod` are names of their own
        let slip = |class: &&str| !name.value.starts_with(class) && !class.starts_with(&name.value);
        if let Some(class) = nearest(&name.value, classes).filter(slip) {
            let help = format!("did you mean `{class}`?");
            let message = format!("`{}` looks like a slip of a class of environments", name.value);
            self.say_with(name.span, message, Some(help));
            return None;
        }
        Some(EnvironmentName::from(name.value.as_str()))
    }

    /// A pattern.
    pub(super) fn pattern(&mut self, text: &Located<String>) -> Option<Pattern> {
        if text.absent {
            return None;
        }
        if self.trusted {
            return Some(Pattern::trusted(&text.value));
        }
        match Pattern::new(&text.value) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                self.say(text.span, why);
                None
            }
        }
    }

    /// An expression over `names`, whose parameters must exist.
    pub(super) fn expression(
        &mut self,
        code: &Located<Code>,
        names: &[&str],
    ) -> Option<Expression> {
        let text = &code.value.0;
        if code.absent {
            return None;
        }
        match Expression::compile(text, names) {
            Ok(expression) => {
                for name in expression.parameters() {
                    let at = text.find(name.as_str()).unwrap_or(0);
                    let span = self.inside(code.span, text, &(at..at + name.len()));
                    self.parameter(name, span);
                }
                Some(expression)
            }
            Err(fault) => {
                let span = self.inside(code.span, text, &(fault.start..fault.end));
                self.say_with(span, fault.message, fault.help);
                None
            }
        }
    }

    /// Says it where the own pack has no such parameter.
    fn parameter(&mut self, name: &str, span: Span) {
        let Some(own) = self.own() else { return };
        if !own.parameters.contains_key(name) {
            let known: Vec<&str> = own.parameters.keys().map(String::as_str).collect();
            self.say_with(span, format!("unknown parameter `{name}`"), suggest(name, &known));
        }
    }

    /// A template whose roles are the own pack's; its parts with their places.
    pub(super) fn parts(
        &mut self,
        text: &str,
        span: Span,
        of: TemplateUse,
    ) -> Option<Vec<(TemplatePart, Span)>> {
        let parts = match scan(text, self.pack, of) {
            Ok(parts) => parts,
            Err(fault) => {
                let place = self.inside(span, text, &fault.range);
                self.say(place, fault.message);
                return None;
            }
        };
        let placed = parts.into_iter().map(|(part, range)| {
            let place = self.inside(span, text, &range);
            (part, place)
        });
        let placed: Vec<(TemplatePart, Span)> = placed.collect();
        for (part, place) in &placed {
            match part {
                TemplatePart::Role(role) | TemplatePart::RoleOf(_, role)
                    if role.pack != self.pack =>
                {
                    self.say(*place, "a pack sends its own roles only");
                }
                TemplatePart::Role(role) | TemplatePart::RoleOf(_, role) => {
                    self.exists(role, *place, &SENDING);
                }
                TemplatePart::Parameter(name) => self.parameter(name, *place),
                TemplatePart::Capture(name) => self.captures.push((name.clone(), *place)),
                TemplatePart::Text(_)
                | TemplatePart::RandomUid
                | TemplatePart::Fabricated
                | TemplatePart::Now
                | TemplatePart::Delivery(_) => {}
            }
        }
        Some(placed)
    }

    /// A template.
    pub(super) fn template(&mut self, text: &Located<String>, of: TemplateUse) -> Option<Template> {
        if text.absent {
            return None;
        }
        let parts = self.parts(&text.value, text.span, of)?;
        Some(Template(parts.into_iter().map(|(part, _)| part).collect()))
    }
}
