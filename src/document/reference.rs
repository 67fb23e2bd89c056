//! References to other settings inside a scalar: found here, resolved elsewhere. Shells, compose
//! and Spring write them alike and mean different things by a colon, so the form is kept.
//!
//! Sources: <https://docs.docker.com/reference/compose-file/interpolation/>,
//! <https://docs.spring.io/spring-framework/reference/core/beans/environment.html>.

use crate::source::Span;

/// How deep references may lie in the defaults of others.
const MAX_NESTING: usize = 8;

/// A reference to another setting. Its spans are bytes of the decoded text that it was found in;
/// [`super::Node::part`] makes places of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'t> {
    /// All of it, from `$` on.
    pub span: Span,
    /// The name of the setting.
    pub name: &'t str,
    /// The default, which may hold references itself.
    pub default: Option<Span>,
    /// How it is written.
    pub form: Form,
}

/// The ways to write a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `$NAME`.
    Bare,
    /// `${NAME}`.
    Braced,
    /// `${NAME:-default}`: the default stands in for a missing or empty value.
    DefaultIfEmpty,
    /// `${NAME-default}`: the default stands in for a missing value.
    DefaultIfUnset,
    /// `${NAME:default}`, Spring's: the default stands in for a missing value.
    Property,
    /// `${NAME:?message}` and `${NAME?message}`: there is no other value.
    Required,
    /// `${NAME:+other}` and `${NAME+other}`: the other text stands in for a value.
    Alternative,
    /// Anything else that starts with a name, such as `${NAME%.*}` and `${ssm:/path}`: its value
    /// cannot be worked out.
    Unknown,
}

/// Finds the references in a decoded text, outermost ones only. `\\$` and `$$` start none, and
/// neither does `${{`. A dash belongs to a name that has a dot or only small letters before it
/// (`${begini.api-key}`); a shell's names have neither.
pub fn references(text: &str) -> Vec<Reference<'_>> {
    references_within(text, Span::new(0, text.len()))
}

/// Finds the references in a part of a decoded text, such as a default; spans are of the whole.
pub fn references_within(text: &str, part: Span) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let text = text.get(..part.end_offset()).unwrap_or(text);
    let mut at = part.start_offset();
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find('$')) {
        let escapes = text.get(at..at + offset).unwrap_or_default();
        let escapes = escapes.len() - escapes.trim_end_matches('\\').len();
        let start = at + offset;
        at = start + 1;
        if escapes % 2 == 1 {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with('$') {
            at += 1;
        } else if rest.starts_with("{{") {
            at += 2;
        } else if let Some(inside) = rest.strip_prefix('{') {
            if let Some(reference) = braced(inside, start) {
                at = reference.span.end_offset();
                found.push(reference);
            }
        } else {
            let name = variable(rest);
            at += name.len();
            if !name.is_empty() {
                let span = Span::new(start, at);
                found.push(Reference { span, name, default: None, form: Form::Bare });
            }
        }
    }
    found
}

/// The reference whose braces hold the start of `inside`; `start` is where its `$` stands.
fn braced(inside: &str, start: usize) -> Option<Reference<'_>> {
    let inside = inside.get(..closing(inside)?)?;
    let name = name(inside);
    if name.is_empty() {
        return None;
    }
    let rest = inside.get(name.len()..)?;
    let (form, operator) = match rest.as_bytes() {
        [] => (Form::Braced, 0),
        [b':', b'-', ..] => (Form::DefaultIfEmpty, 2),
        [b'-', ..] => (Form::DefaultIfUnset, 1),
        [b':', b'?', ..] | [b'?', ..] => (Form::Required, 0),
        [b':', b'+', ..] | [b'+', ..] => (Form::Alternative, 0),
        [b':', ..] if !is_resolver(name, rest) => (Form::Property, 1),
        _ => (Form::Unknown, 0),
    };
    let end = start + 2 + inside.len();
    let default = (operator > 0).then(|| Span::new(start + 2 + name.len() + operator, end));
    Some(Reference { span: Span::new(start, end + 1), name, default, form })
}

/// How far the closing brace lies, past whole references in between.
fn closing(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = 0;
    for (offset, byte) in inside.bytes().enumerate() {
        match byte {
            b'{' if before == b'$' => depth += 1,
            b'}' if depth == 0 => return Some(offset),
            b'}' => depth -= 1,
            _ => {}
        }
        if depth > MAX_NESTING {
            return None;
        }
        before = byte;
    }
    None
}

/// The name of a shell variable at the start of a text.
fn variable(text: &str) -> &str {
    let within = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return "";
    }
    text.get(..text.find(|c| !within(c)).unwrap_or(text.len())).unwrap_or_default()
}

/// The name of a variable or a property at the start of a text.
fn name(text: &str) -> &str {
    let mut end = variable(text).len();
    if end == 0 {
        return "";
    }
    while let Some(mark @ (b'.' | b'-' | b'[' | b']')) = text.as_bytes().get(end).copied() {
        let before = text.get(..end).unwrap_or_default();
        let small =
            before.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if mark == b'-' && !(small || before.contains('.')) {
            break;
        }
        let rest = text.get(end + 1..).unwrap_or_default();
        let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        end += 1 + word.unwrap_or(rest.len());
    }
    text.get(..end).unwrap_or_default()
}

/// Whether what stands before the colon names a place to look in, not a property:
/// `${ssm:/path}`, `${env:NAME}`.
fn is_resolver(name: &str, rest: &str) -> bool {
    let constant = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    match name {
        "ssm" | "self" | "opt" | "cf" | "s3" | "sys" | "vault" => true,
        "env" | "param" | "secrets" => rest
            .trim_start_matches(':')
            .split(',')
            .next()
            .is_some_and(|word| word.chars().all(constant)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, Form, Option<&str>, &str)> {
        let row = |r: Reference<'_>| (r.span, r.name.len(), r.form, r.default);
        let rows: Vec<_> = references(text).into_iter().map(row).collect();
        rows.into_iter()
            .map(|(span, length, form, default)| {
                let whole = span.of(text);
                let name = whole.trim_start_matches(['$', '{']).get(..length).unwrap();
                (name, form, default.map(|span| span.of(text)), whole)
            })
            .collect()
    }

    #[test]
    fn every_form_is_told_with_the_place_of_its_default() {
        for (text, name, form, default) in [
            ("é $A_1-b", "A_1", Form::Bare, None),
            ("${A}", "A", Form::Braced, None),
            ("${A:-é}", "A", Form::DefaultIfEmpty, Some("é")),
            ("${A-b}", "A", Form::DefaultIfUnset, Some("b")),
            ("${A:-}", "A", Form::DefaultIfEmpty, Some("")),
            ("${A:https://x:1/y}", "A", Form::Property, Some("https://x:1/y")),
            ("${a.api-key:b}", "a.api-key", Form::Property, Some("b")),
            ("${api-key}", "api-key", Form::Braced, None),
            ("${http_proxy-b}", "http_proxy", Form::DefaultIfUnset, Some("b")),
            ("${A:?b}", "A", Form::Required, None),
            ("${A+b}", "A", Form::Alternative, None),
            ("${A%.*}", "A", Form::Unknown, None),
            ("${env:A, 'b'}", "env", Form::Unknown, None),
            ("${env:dev}", "env", Form::Property, Some("dev")),
            ("${A:-${B:-c}}", "A", Form::DefaultIfEmpty, Some("${B:-c}")),
        ] {
            let rows = read(text);
            assert_eq!(rows.len(), 1, "{text}");
            let (found, how, literal, _) = rows[0];
            assert_eq!((found, how, literal), (name, form, default), "{text}");
        }
    }

    #[test]
    fn escaped_and_foreign_marks_are_no_references() {
        for text in ["\\$A", "$$A", "${{ secrets.A }}", "$", "${", "${A", "$1", "${}", "$(A)"] {
            assert_eq!(references(text), [], "{text}");
        }
        assert_eq!(read("\\\\$A $$$B")[1].0, "B");
        assert_eq!(read("${open $A").first().map(|row| row.0), Some("A"));
    }

    #[test]
    fn a_default_is_searched_in_its_own_place() {
        let text = "x${A:-${B:-c}y}";
        let outer = references(text)[0];
        let inner = references_within(text, outer.default.unwrap())[0];
        assert_eq!(inner.default.unwrap().of(text), "c");
    }

    #[test]
    fn hostile_nesting_is_read_in_linear_time() {
        assert_eq!(references(&"${A:-".repeat(200_000)), []);
        assert_eq!(references(&format!("${{A:-{}", "\\".repeat(200_000))), []);
    }
}
