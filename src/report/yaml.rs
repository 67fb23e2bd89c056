//! Texts as scalars of YAML.

use std::fmt::Write;

use crate::source::Foreign;

/// A text as one scalar: plain where every reader of YAML takes it for the same text, else in
/// double quotes. It fits into a flow list, too.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str) -> bool {
    let starts = |one: char| one.is_ascii_alphabetic() || matches!(one, '.' | '_' | '/');
    let within = |one: char| one.is_ascii_alphanumeric() || "._/-+@".contains(one);
    text.starts_with(starts)
        && text.chars().all(within)
        && text.chars().any(|one| one.is_ascii_alphabetic())
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What some reader of YAML takes for something else than a text.
const WORDS: [&str; 12] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", ".nan", ".inf", "_"];

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for one in text.chars() {
        let _ = match one {
            '"' | '\\' => write!(out, "\\{one}"),
            _ if Foreign::acts(one) => match u32::from(one) {
                code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
                code => write!(out, "\\U{code:08x}"),
            },
            _ => write!(out, "{one}"),
        };
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Node, parse};

    #[test]
    fn every_text_reads_back_as_itself() {
        for text in [
            ".env.production",
            "config/a b.yaml",
            "yes",
            "1e3",
            "a: b",
            "-",
            "",
            "é\u{1b}[31m\u{202e}\"\\\n\u{e0001}",
            "*.lender.co.ke",
            "a#b",
            "[x]",
            ".5",
        ] {
            let parsed = parse(Format::Yaml, &format!("a: [{}, x]\n", scalar(text)));
            assert!(parsed.issues.is_empty(), "{text}");
            let list = parsed.documents[0].root.get("a").unwrap();
            let crate::document::Value::List(items) = &list.value else { panic!("{text}") };
            assert_eq!(items.first().and_then(Node::text), Some(text));
        }
    }
}
