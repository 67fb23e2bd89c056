//! Expressions as values.

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::template::{Element, Template};

use super::body::Reader;
use crate::document::hole::{hole, reference};
use crate::document::piece::{entry, text as text_node};
use crate::document::{Entry, IssueKind, Key, MAX_DEPTH, Node, Style, Value};
use crate::source::Span;

impl Reader<'_> {
    /// What an expression says.
    pub(super) fn value(&mut self, expression: &Expression, depth: usize) -> Node {
        let span = self.span(expression);
        let raw = span.of(self.text).trim();
        let value = match expression {
            Expression::Array(_) | Expression::Object(_) if depth >= MAX_DEPTH => {
                self.issues.push(IssueKind::Limit, span, "nested too deeply");
                Value::Null
            }
            Expression::Null(_) => Value::Null,
            Expression::Bool(value) => Value::Bool(**value),
            Expression::Number(_) | Expression::UnaryOp(_) => return number(span, raw),
            Expression::String(text) => {
                return text_node(span, text.as_str(), Style::Literal);
            }
            Expression::Array(items) => {
                Value::List(items.iter().map(|item| self.value(item, depth + 1)).collect())
            }
            Expression::Object(object) => {
                let mut entries: Vec<Entry> = Vec::with_capacity(object.len());
                for (key, value) in object {
                    let key = self.key(key);
                    entries.push(entry(key, self.value(value.expr(), depth + 1)));
                }
                self.issues.push_duplicates(&entries);
                Value::Map(entries.into())
            }
            Expression::StringTemplate(template) => {
                let text = self.template(template.iter());
                return text_node(span, text, Style::Quoted);
            }
            Expression::HeredocTemplate(heredoc) => return self.heredoc(&heredoc.template, span),
            Expression::Parenthesis(inner) if depth < MAX_DEPTH => {
                return self.value(inner.inner(), depth + 1);
            }
            Expression::Parenthesis(_)
            | Expression::Variable(_)
            | Expression::Conditional(_)
            | Expression::FuncCall(_)
            | Expression::Traversal(_)
            | Expression::BinaryOp(_)
            | Expression::ForExpr(_) => return text_node(span, named(raw), Style::Plain),
        };
        Node::new(span, value)
    }

    fn heredoc(&self, template: &Template, whole: Span) -> Node {
        let text = self.template(template.iter());
        let inside = self.span(template);
        let span = if inside.is_empty() { whole } else { inside };
        let trimmed = span.of(self.text).trim_end().len();
        let span = Span::new(span.start_offset(), span.start_offset() + trimmed);
        text_node(span, text, Style::Block)
    }

    /// The text of a template; what it fills in is a reference or a hole.
    fn template<'e>(&self, elements: impl Iterator<Item = &'e Element>) -> String {
        let mut text = String::new();
        for element in elements {
            match element {
                Element::Literal(literal) => text.push_str(literal.as_str()),
                Element::Interpolation(filled) => {
                    text.push_str(&named(self.span(&filled.expr).of(self.text).trim()));
                }
                Element::Directive(_) => text.push_str(&hole("")),
            }
        }
        text
    }

    fn key(&self, key: &ObjectKey) -> Key {
        let span = self.span(key);
        let raw = span.of(self.text).trim();
        let text = match key {
            ObjectKey::Ident(ident) => ident.as_str(),
            ObjectKey::Expression(Expression::String(text)) => text.as_str(),
            ObjectKey::Expression(_) => raw,
        };
        Key { span, text: text.into() }
    }
}

/// What stands for an expression: a reference where it is a variable, else a hole.
fn named(raw: &str) -> String {
    if let Some(name) = raw.strip_prefix("var.") {
        reference(name)
    } else if let Some(name) = raw.strip_prefix("local.") {
        reference(&format!("locals.{name}"))
    } else {
        hole(raw)
    }
}

fn number(span: Span, raw: &str) -> Node {
    let value = if let Ok(number) = raw.parse() {
        Value::Int(number)
    } else if let Some(number) = raw.parse().ok().filter(|number: &f64| number.is_finite()) {
        Value::Float(number)
    } else {
        return text_node(span, hole(""), Style::Plain);
    };
    Node::new(span, value)
}
