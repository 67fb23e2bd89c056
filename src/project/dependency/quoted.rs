//! Quoted texts of a call in a program, each with what it is called: enough for Ruby, Gradle and
//! Swift, where packages are arguments.

/// A quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted<'a> {
    /// What it is called: `tag` in `:tag => 'v1'`, `tag: 'v1'` and `.tag("v1")`; empty where it has
    /// no name.
    pub key: &'a str,
    /// What stands between the quotes.
    pub value: &'a str,
}

/// The quoted texts of `call`, in which `mark` begins a comment.
pub(super) fn quoted<'a>(call: &'a str, mark: &str) -> Vec<Quoted<'a>> {
    let mut found = Vec::new();
    for line in call.split_inclusive('\n') {
        let line = uncommented(line, mark);
        let mut at = 0;
        while let Some(rest) = line.get(at..)
            && let Some((open, quote)) = rest.char_indices().find(|(_, one)| is_quote(*one))
        {
            let start = at + open + 1;
            let length = line.get(start..).and_then(|rest| rest.find(quote));
            let Some(length) = length else { break };
            let value = line.get(start..start + length).unwrap_or_default();
            found.push(Quoted { key: key(rest.get(..open).unwrap_or_default()), value });
            at = start + length + 1;
        }
    }
    found
}

fn is_quote(one: char) -> bool {
    one == '"' || one == '\''
}

/// The name in front of a text; none where a comma or nothing stands there.
fn key(lead: &str) -> &str {
    let lead = lead.rsplit(',').next().unwrap_or(lead).trim_end_matches([' ', '\t', '[']);
    let named = lead.strip_suffix("=>").or_else(|| lead.strip_suffix([':', '=', '(']));
    let Some(name) = named.map(str::trim_end) else { return "" };
    let mut start = name.len();
    for (at, one) in name.char_indices().rev() {
        if !(one.is_alphanumeric() || one == '_') {
            break;
        }
        start = at;
    }
    name.get(start..).unwrap_or_default()
}

/// The statements of a program; a line that ends with a comma goes on in the next.
pub(super) fn statements<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let mut all = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        let code = uncommented(line, mark).trim_end();
        if !code.ends_with(',') || at - start > MOST {
            all.push(text.get(start..at).unwrap_or_default());
            start = at;
        }
    }
    all.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    all
}

/// One statement is no longer than this.
const MOST: usize = 4_000;

/// A line without its comment; inside quotes there is none.
pub(super) fn uncommented<'a>(line: &'a str, mark: &str) -> &'a str {
    let mut quote = None;
    for (at, one) in line.char_indices() {
        if let Some(open) = quote {
            quote = Some(open).filter(|open| *open != one);
        } else if is_quote(one) {
            quote = Some(one);
        } else if line.get(at..).is_some_and(|rest| rest.starts_with(mark)) {
            return line.get(..at).unwrap_or_default();
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_called_after_what_stands_before_them() {
        let call = "pod 'A', :git => 'g', tag: \"t\", # 'no'\n .branch(\"b\"), \"c\"";
        let all: Vec<(&str, &str)> =
            quoted(call, "#").into_iter().map(|one| (one.key, one.value)).collect();
        assert_eq!(all, [("", "A"), ("git", "g"), ("tag", "t"), ("branch", "b"), ("", "c")]);
    }

    #[test]
    fn a_statement_goes_on_after_a_comma() {
        assert_eq!(statements("a 'x', # c\n  'y'\nb", "#"), ["a 'x', # c\n  'y'\n", "b"]);
    }
}
