//! Text that stays text in Markdown, whoever shows it: Jira, GitHub, GitLab.

use crate::report::wrap::{clean, prose};

/// Text in which nothing is markup, a link, a mention or HTML. Underscores inside a word need no
/// escape, so names of settings stay readable where nobody renders them.
pub(in crate::report) fn text(found: &str) -> String {
    let found: Vec<char> = clean(found).chars().collect();
    let word = |at: Option<usize>| {
        at.and_then(|at| found.get(at)).is_some_and(|one| one.is_alphanumeric())
    };
    let mut out = String::with_capacity(found.len());
    for (at, character) in found.iter().enumerate() {
        let inside = word(at.checked_sub(1)) && word(Some(at + 1));
        let ahead = |text: &str| text.chars().zip(found.iter().skip(at)).all(|(a, b)| a == *b);
        match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' | '!' => {
                out.push('\\');
                out.push(*character);
            }
            '_' if !inside => out.push_str("\\_"),
            // an address that is no code would become a link
            ':' if ahead("://") => out.push_str("\\:"),
            '.' if at.checked_sub(3).and_then(|from| found.get(from..at)) == Some(&['w'; 3]) => {
                out.push_str("\\.");
            }
            // `@somebody` and `#12` call for people and issues, escaped or not; as code they do not
            '@' | '#' => {
                out.push('`');
                out.push(*character);
                out.push('`');
            }
            other => out.push(*other),
        }
    }
    out
}

/// Text as code. Inside a table a bar is escaped even there.
pub(super) fn code(found: &str) -> String {
    let found = clean(found).replace('|', "\\|");
    let mut longest = 0;
    let mut here = 0;
    for character in found.chars() {
        here = if character == '`' { here + 1 } else { 0 };
        longest = longest.max(here);
    }
    match longest {
        0 if found.trim().is_empty() => String::new(),
        0 => format!("`{found}`"),
        ticks => {
            let fence = "`".repeat(ticks + 1);
            format!("{fence} {found} {fence}")
        }
    }
}

/// The first `most` characters of what is shown of a text, before any escape of Markdown.
pub(super) fn cut(found: &str, most: usize) -> String {
    let found = clean(&prose(found));
    if found.chars().count() <= most {
        return found;
    }
    let kept: String = found.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(text("BEGINI_API_KEY in ci"), "BEGINI_API_KEY in ci");
        assert_eq!(text("_a_ *b* `c`"), "\\_a\\_ \\*b\\* \\`c\\`");
        assert_eq!(text("a|b <script> [x](y)"), "a\\|b \\<script\\> \\[x\\](y)");
        assert_eq!(text("@team #12"), "`@`team `#`12");
        assert_eq!(text("https://x.example www.x"), "https\\://x.example www\\.x");
        assert_eq!(text("a\n::error::\u{202e}"), "a\\\\u{a}::error::\\\\u{202e}");
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a b"), "`a b`");
        assert_eq!(code("a`` `b"), "``` a`` `b ```");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
