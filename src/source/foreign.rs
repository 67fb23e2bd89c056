//! Text that is not ours. It is shown, and never acts.

use std::fmt::{self, Display, Formatter, Write};

/// Text from the judged tree, from a server or from the command line. Every printing of it shows
/// control, bidirectional and invisible characters as `\u{..}`, so that it can neither move the
/// cursor nor forge a line of the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Foreign(String);

impl Foreign {
    /// Takes text over as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it was found, for comparing, never for printing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether a terminal or a browser would do something with this character but show it.
    pub fn acts(character: char) -> bool {
        character.is_control()
            || matches!(character,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    }
}

impl Display for Foreign {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            if Self::acts(character) {
                write!(out, "{}", character.escape_unicode())?;
            } else {
                out.write_char(character)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_codes_and_bidi_marks_are_shown() {
        let shown = Foreign::new("a\u{1b}[31m\u{202e}b\né").to_string();
        assert_eq!(shown, "a\\u{1b}[31m\\u{202e}b\\u{a}é");
    }
}
