//! Text made harmless, measured and wrapped by what a terminal shows of it.

use textwrap::WordSeparator;
use textwrap::core::{Word, display_width};
use textwrap::wrap_algorithms::wrap_first_fit;

use crate::source::Foreign;

/// Foreign text that can be printed anywhere in a line: control and bidirectional characters are
/// shown, and the marks by which a build log takes commands are broken
/// (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>,
/// `##[` and `##vso[` of the older runners and of Azure Pipelines).
pub(super) fn clean(text: &str) -> String {
    Foreign::new(text).to_string().replace("##", "\\u{23}#")
}

/// Whether a build log takes the line for a command (`::error::`).
pub(super) fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::")
}

/// A whole line that a build log does not take for a command.
pub(super) fn inert(line: &str) -> String {
    if is_command(line) { line.replacen(':', "\\u{3a}", 1) } else { line.to_owned() }
}

/// Text of a pack: written over several lines in YAML, one line here.
pub(super) fn prose(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Breaks clean text into lines of at most `width` columns: at spaces, and inside a word that is
/// wider than a line after its punctuation, else anywhere. At least one line.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut words: Vec<Word<'_>> = Vec::new();
    for word in WordSeparator::AsciiSpace.find_words(text) {
        if word.width <= width {
            words.push(word);
        } else {
            words.extend(pieces(&word).flat_map(|piece| apart(piece, width)));
            if let Some(last) = words.last_mut() {
                last.whitespace = word.whitespace;
            }
        }
    }
    let columns = f64::from(u16::try_from(width).unwrap_or(u16::MAX));
    wrap_first_fit(&words, &[columns]).into_iter().map(join).collect()
}

/// A long word, cut after each character at which a path or a URL may be broken.
fn pieces<'a>(word: &Word<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    word.word.split_inclusive(['/', '-', '_', '.', '?', '&', '=', ',', ':', '+'])
}

fn apart(piece: &str, width: usize) -> Vec<Word<'_>> {
    Word::from(piece).break_apart(width).collect()
}

fn join(words: &[Word<'_>]) -> String {
    let text: String = words.iter().flat_map(|word| [word.word, word.whitespace]).collect();
    text.trim_end().to_owned()
}

/// Sets parts side by side with `gap` between them while they fit into `width`; a part that does
/// not fit starts a line, and only a part wider than a line is broken.
pub(super) fn pack(parts: &[String], gap: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        let fits = lines.last().is_some_and(|line| {
            display_width(line) + display_width(gap) + display_width(part) <= width
        });
        match lines.last_mut() {
            Some(line) if fits => {
                line.push_str(gap);
                line.push_str(part);
            }
            Some(_) | None => lines.extend(wrap(part, width)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paths_break_after_punctuation_and_lose_nothing() {
        let path = "deploy/overlays/production/external-secret.yaml:18:12";
        let lines = wrap(path, 24);
        assert_eq!(lines, ["deploy/overlays/", "production/external-", "secret.yaml:18:12"]);
        assert_eq!(lines.concat(), path);
        let wide = "日本語".repeat(10);
        assert!(wrap(&wide, 11).iter().all(|line| display_width(line) <= 11));
        assert_eq!(wrap(&wide, 11).concat(), wide);
    }

    #[test]
    fn parts_break_between_before_inside() {
        let parts = ["a.env:3:1".to_owned(), "KEY = value".to_owned(), "belongs to x".to_owned()];
        assert_eq!(pack(&parts, "  ", 24), ["a.env:3:1  KEY = value", "belongs to x"]);
    }

    #[test]
    fn commands_of_build_logs_do_not_act() {
        assert_eq!(inert("  ::error::x"), "  \\u{3a}:error::x");
        assert_eq!(inert("http://[::1]"), "http://[::1]");
        assert_eq!(clean("a\n##[error]\u{1b}"), "a\\u{a}\\u{23}#[error]\\u{1b}");
    }
}
