//! Adding an item to a list of a YAML file: whoever reviews it sees one hunk, for nothing else of the
//! text changes.

use super::{Format, IssueKind, Node, Value, parse};
use crate::source::Span;

/// Why an item could not be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendFault {
    /// The list is no list, or is written in one line.
    #[error("the list is not written as lines that begin with `-`")]
    NotALine,
    /// The text cannot be read before or after.
    #[error("the text is not written as keys at the start of lines")]
    NotKeys,
}

/// The text with one more item at the end of the list under the top-level key `key`, which is added
/// where it is missing. `item` is a map, written as lines without indentation.
///
/// # Errors
/// Where the list is not written line by line, so that adding to it would rewrite more than that.
pub fn append(text: &str, key: &str, item: &str) -> Result<String, AppendFault> {
    let root = root(text)?;
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some(entry) = root.as_ref().and_then(|root| root.entry(key)) else {
        let mut whole = text.to_owned();
        if !whole.is_empty() && !whole.ends_with('\n') {
            whole.push_str(line_end);
        }
        if root.is_some() {
            whole.push_str(line_end);
        }
        whole.extend([key, ":", line_end, &lines(item, 2, line_end)]);
        return proved(whole, key, 1);
    };
    let items = entry.node.items();
    match (&entry.node.value, items) {
        (Value::List(_), [first, .., last]) => after(text, (first, last), item),
        (Value::List(_), [only]) => after(text, (only, only), item),
        (Value::List(_) | Value::Null, []) => {
            let key_end = entry.key.span.end_offset();
            let colon = text.get(key_end..).and_then(|rest| rest.find(':'));
            let colon = key_end + colon.ok_or(AppendFault::NotKeys)? + 1;
            let value = entry.node.span;
            let from = if value.is_empty() { colon } else { value.end_offset() };
            let rest = text.get(from..).unwrap_or_default();
            let (remark, below) = rest.split_at(rest.find('\n').map_or(rest.len(), |at| at + 1));
            let head = text.get(..colon).unwrap_or_default();
            let remark = remark.trim_end();
            Ok(format!("{head}{remark}{line_end}{}{below}", lines(item, 2, line_end)))
        }
        _ => Err(AppendFault::NotALine),
    }
    .and_then(|whole| proved(whole, key, items.len() + 1))
}

/// The text with a line above the top-level key `key`, or at its end where there is none.
pub fn put_above(text: &str, key: &str, line: &str) -> Result<String, AppendFault> {
    let root = root(text)?;
    let at = root.as_ref().and_then(|root| root.entry(key)).map(|entry| entry.key.span);
    let at = at.map_or(text.len(), Span::start_offset);
    let (above, below) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    if !above.is_empty() && !above.ends_with('\n') {
        return Err(AppendFault::NotKeys);
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Ok(format!("{above}{line}{line_end}{below}"))
}

/// The one map of a text; none where there is nothing in it.
fn root(text: &str) -> Result<Option<Node>, AppendFault> {
    let parsed = parse(Format::Yaml, text);
    let broken = parsed.issues.iter().any(|issue| match issue.kind {
        IssueKind::Syntax | IssueKind::Limit | IssueKind::Alias => true,
        IssueKind::DuplicateKey { .. } | IssueKind::Ambiguous => false,
    });
    let mut documents = parsed.documents.into_iter();
    match (broken, documents.next().map(|document| document.root), documents.next()) {
        (false, None, None) => Ok(None),
        (false, Some(root), None) if matches!(root.value, Value::Null) => Ok(None),
        (false, Some(root), None) if matches!(root.value, Value::Map(_)) => Ok(Some(root)),
        _ => Err(AppendFault::NotKeys),
    }
}

/// Adds an item after the last one, under the same dash as the first.
fn after(text: &str, (first, last): (&Node, &Node), item: &str) -> Result<String, AppendFault> {
    let start = first.span.start_offset();
    let before = text.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    if line.trim() != "-" {
        return Err(AppendFault::NotALine);
    }
    let from = last.span.start_offset();
    let end = from + last.span.of(text).trim_end().len();
    let mut at = line_after(text, end);
    // a remark under an item is of that item
    while let Some(next) = text.get(at..).and_then(|rest| rest.lines().next())
        && next.trim_start().starts_with('#')
        && next.len() - next.trim_start().len() > indent
    {
        at = line_after(text, at);
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (head, below) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let gap = if head.ends_with('\n') { "" } else { line_end };
    Ok(format!("{head}{gap}{}{below}", lines(item, indent, line_end)))
}

/// Where the line after the one of the byte at `at` begins.
fn line_after(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |end| end + 1)
}

fn lines(item: &str, indent: usize, line_end: &str) -> String {
    let dash = |index: usize| if index == 0 { "- " } else { "  " };
    let line = |(index, line): (usize, &str)| {
        format!("{}{}{line}{line_end}", " ".repeat(indent), dash(index))
    };
    item.lines().enumerate().map(line).collect()
}

/// The text, if the list under `key` has that many items now.
fn proved(text: String, key: &str, items: usize) -> Result<String, AppendFault> {
    let root = root(&text)?.ok_or(AppendFault::NotKeys)?;
    let list = root.get(key).ok_or(AppendFault::NotKeys)?;
    if list.items().len() == items { Ok(text) } else { Err(AppendFault::NotALine) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> String {
        append(text, "list", "name: c\nmore: d\n").unwrap()
    }

    #[test]
    fn only_the_item_is_added_whatever_stands_around() {
        let item = "  - name: c\n    more: d\n";
        assert_eq!(added(""), format!("list:\n{item}"));
        assert_eq!(added("# head\n"), format!("# head\nlist:\n{item}"));
        assert_eq!(added("a: 1"), format!("a: 1\n\nlist:\n{item}"));
        assert_eq!(added("list: [] # none\nz: 1\n"), format!("list: # none\n{item}z: 1\n"));
        assert_eq!(added("list:\n\nz: 1\n"), format!("list:\n{item}\nz: 1\n"));
        let text = "list: # all\n  # one\n  - name: é # x\n    # under it\n\n# z\nz: 1\n";
        let (head, below) = text.split_at(text.find("\n\n# z").unwrap() + 1);
        assert_eq!(added(text), format!("{head}{item}{below}"));
        assert_eq!(
            added("list:\n- name: a\n- { name: b }\nz: 1\n"),
            "list:\n- name: a\n- { name: b }\n- name: c\n  more: d\nz: 1\n"
        );
        assert_eq!(
            added("list:\r\n  - name: a"),
            "list:\r\n  - name: a\r\n  - name: c\r\n    more: d\r\n"
        );
        let block = "list:\n  - name: |\n      one\n      two\n";
        assert_eq!(added(block), format!("{block}{item}"));
    }

    #[test]
    fn what_would_have_to_be_rewritten_is_refused() {
        for text in ["list: [a]\n", "list: [{ name: a },\n  { name: b }]\n", "list: a\n"] {
            assert_eq!(append(text, "list", "name: c\n"), Err(AppendFault::NotALine), "{text}");
        }
        for text in ["{ a: 1 }\n", "- a\n", "a: 1\n---\nb: 2\n", "a: [\n"] {
            assert_eq!(append(text, "list", "name: c\n"), Err(AppendFault::NotKeys), "{text}");
        }
    }

    #[test]
    fn a_line_stands_above_a_key() {
        let text = "# head\nlist:\n  - a\n";
        assert_eq!(put_above(text, "list", "salt: x").unwrap(), "# head\nsalt: x\nlist:\n  - a\n");
        assert_eq!(put_above("a: 1\n", "list", "salt: x").unwrap(), "a: 1\nsalt: x\n");
    }
}
