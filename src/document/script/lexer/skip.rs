//! What says nothing: blanks, comments, types in angle brackets, patterns, and the text around PHP.

use super::{Language, Lexer, is_word};
use crate::source::Span;

/// How long a list of types may be.
const MAX_TYPES: usize = 200;

impl Lexer<'_> {
    /// Goes past everything that is no token.
    pub(super) fn skip_dead(&mut self) {
        loop {
            let before = self.at;
            self.skip_blanks();
            self.skip_comment();
            self.skip_types();
            if self.language == Language::Php {
                self.skip_page();
            }
            if self.at == before {
                return;
            }
        }
    }

    fn skip_blanks(&mut self) {
        loop {
            let one = self.peek(0);
            if let Some((_, to)) = self.read_ahead.take_if(|(from, _)| *from <= self.at) {
                self.at = to.max(self.at);
                self.line = Some(self.at);
            } else if one == '\\' && matches!(self.peek(1), '\n' | '\r') {
                // the statement goes on in the next line
                self.at += if self.rest().starts_with("\\\r\n") { 3 } else { 2 };
            } else if matches!(one, '\n' | '\r') {
                self.at += 1;
                self.line = Some(self.at);
                self.skip_ruby_comment();
            } else if one.is_whitespace() || one == '\u{feff}' {
                self.at += one.len_utf8();
            } else if self.is_sigil(one) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// What stands before a name and is none of it: `@value`, `#private`.
    fn is_sigil(&self, one: char) -> bool {
        match one {
            '@' => self.language != Language::CSharp,
            '#' => {
                matches!(self.language, Language::JavaScript | Language::Component)
                    && is_word(self.peek(1))
            }
            _ => false,
        }
    }

    /// `=begin` to `=end`, and all behind `__END__`.
    fn skip_ruby_comment(&mut self) {
        if self.language != Language::Ruby {
            return;
        }
        let start = self.at;
        if self.rest().starts_with("=begin") {
            self.at += self.closing("=begin", 0, "\n=end").unwrap_or(0);
        } else if self.rest().starts_with("__END__") {
            self.at = self.text.len();
        }
        if self.at > start {
            self.comments.push(Span::new(start, self.at));
        }
    }

    fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
    }

    fn skip_comment(&mut self) {
        let rest = self.rest();
        let is_line = self.rules.comments.iter().any(|mark| rest.starts_with(mark));
        let is_attribute = self.language == Language::Php && rest.starts_with("#[");
        let is_directive = rest.starts_with('#')
            && self.line.is_some()
            && matches!(self.language, Language::CSharp | Language::Swift)
            && !rest.starts_with("#\"");
        let start = self.at;
        if is_line && !is_attribute {
            self.skip_line();
            self.comments.push(Span::new(start, self.at));
        } else if is_directive {
            self.skip_line();
        } else if is_attribute {
            self.at += 1;
        } else if self.rules.block_comments && rest.starts_with("/*") {
            self.skip_block_comment();
            self.comments.push(Span::new(start, self.at));
        }
    }

    fn skip_block_comment(&mut self) {
        let Some(mut length) = self.closing("/*", 2, "*/") else {
            // nothing of it is read
            self.at = self.text.len();
            return;
        };
        let rest = self.rest();
        if self.rules.nested_comments {
            let opened = |part: &str| part.matches("/*").count();
            let mut open = opened(rest.get(2..length).unwrap_or_default());
            while open > 0 {
                let after = rest.get(length..).unwrap_or_default();
                let Some(end) = after.find("*/") else { break };
                open -= 1;
                open += opened(after.get(..end).unwrap_or_default());
                length += end + 2;
            }
        }
        let inside = rest.get(..length).unwrap_or_default();
        if let Some(last) = inside.rfind('\n') {
            self.line = Some(self.at + last + 1);
        }
        self.at += length;
    }

    /// `<String, Int>` right behind a name.
    fn skip_types(&mut self) {
        if self.word_end != self.at || self.peek(0) != '<' {
            return;
        }
        let mut depth = 0_usize;
        for (offset, one) in self.rest().char_indices().take(MAX_TYPES) {
            match one {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ if is_word(one) || " \t,.?[]".contains(one) => {}
                _ => return,
            }
            if depth == 0 {
                self.at += offset + 1;
                self.word_end = usize::MAX;
                return;
            }
        }
    }

    /// Goes past a regular expression between slashes, if one stands here.
    pub(super) fn pattern(&mut self) -> bool {
        let language =
            matches!(self.language, Language::JavaScript | Language::Component | Language::Ruby);
        if !language || self.after_value || !self.may_close("/") {
            return false;
        }
        let rest = self.rest();
        let (mut escaped, mut in_class) = (false, false);
        let mut searched = rest.len();
        for (offset, one) in rest.char_indices().skip(1) {
            match one {
                '\n' | '\r' => {
                    searched = offset;
                    break;
                }
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    let flags = rest.get(offset + 1..).unwrap_or_default();
                    self.at += offset + 1 + flags.len() - flags.trim_start_matches(is_word).len();
                    return true;
                }
                _ => {}
            }
        }
        self.open_until.insert("/", self.at + searched);
        false
    }

    /// The mark that starts PHP.
    fn skip_page(&mut self) {
        let Some(name) = self.rest().strip_prefix("<?") else { return };
        let is_php = name.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("php"));
        self.at += if is_php { 5 } else { 2 + usize::from(name.starts_with('=')) };
    }
}
