//! Files of `key = value` lines below `[sections]`: INI, `setup.cfg`, `.conf` and `.xcconfig`. A
//! section is a map under its name; a section that stands twice is one map. As Python's
//! configparser has it, a line that is further in than its key continues the value.
//!
//! A `.conf` file may be of any program, so it is read only where most of its lines are
//! `key = value`: nothing of it is wrong, and `name {` to `}` is a section (HOCON).

mod sections;
mod value;

use self::sections::Sections;
use self::value::{Dialect, node, without_comment};
use super::issues::Issues;
use super::piece::{Piece, entry, lines};
use super::{Document, IssueKind, Node, Parsed, Value};
use crate::source::Span;

/// Reads an INI text as one document that is a map.
pub(super) fn parse(text: &str) -> Parsed {
    Reader::new(text, Dialect::Ini).read()
}

/// Reads a text that may be of any program: without a document where it is no such text.
pub(super) fn parse_if_pairs(text: &str) -> Parsed {
    if is_of_pairs(text) { Reader::new(text, Dialect::Any).read() } else { Parsed::default() }
}

/// Reads build settings of Xcode (<https://developer.apple.com/documentation/xcode/adding-a-build-configuration-file-to-your-project>).
pub(super) fn parse_xcconfig(text: &str) -> Parsed {
    Reader::new(text, Dialect::Xcconfig).read()
}

/// Whether most lines that say something are `key = value`.
fn is_of_pairs(text: &str) -> bool {
    let (mut pairs, mut others) = (0_usize, 0_usize);
    for line in lines(text) {
        let line = line.trim();
        if line.text.is_empty() || is_comment(line.text, Dialect::Any) {
            continue;
        }
        let structure = line.text.ends_with(['{', '[']) || line.text.starts_with(['}', ']', '[']);
        let pair = separator(line.text, Dialect::Any)
            .is_some_and(|at| is_key(line.until(at).trim_end().text));
        if pair {
            pairs += 1;
        } else if !structure {
            others += 1;
        }
    }
    pairs > others
}

fn is_comment(line: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Ini => line.starts_with([';', '#']),
        Dialect::Any => line.starts_with([';', '#']) || line.starts_with("//"),
        Dialect::Xcconfig => line.starts_with("//"),
    }
}

/// Where the key ends.
fn separator(line: &str, dialect: Dialect) -> Option<usize> {
    match dialect {
        Dialect::Ini => line.find(['=', ':']),
        Dialect::Any => line.find('=').or_else(|| line.find(": ")),
        // `KEY[sdk=iphoneos*] = value`
        Dialect::Xcconfig => {
            let from = line
                .find(['=', '['])
                .filter(|at| line.get(*at..).unwrap_or_default().starts_with('['));
            let from = from.and_then(|at| Some(at + line.get(at..)?.rfind(']')?)).unwrap_or(0);
            line.get(from..)?.find('=').map(|at| from + at)
        }
    }
}

/// Whether a word can name a setting: without it, a line of some other language would pass.
fn is_key(word: &str) -> bool {
    let word = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(word);
    !word.is_empty()
        && word
            .chars()
            .all(|one| one.is_alphanumeric() || matches!(one, '_' | '.' | '-' | '/' | '%' | '@'))
}

struct Reader<'t> {
    text: &'t str,
    dialect: Dialect,
    issues: Issues<'t>,
    sections: Sections,
    /// How far in the key stands whose value may go on, with the pieces of the value.
    open: Option<(usize, Piece<'t>, Vec<Piece<'t>>)>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        let sections = Sections::new(text);
        Self { text, dialect, issues: Issues::new(text), sections, open: None }
    }

    fn read(mut self) -> Parsed {
        for line in lines(self.text) {
            self.line(line);
        }
        self.end_value();
        let root = self.sections.finish(&mut self.issues, self.dialect == Dialect::Ini);
        self.issues.finish(vec![Document { index: 0, root }])
    }

    fn line(&mut self, whole: Piece<'t>) {
        let line = whole.trim();
        let indent = line.at - whole.at;
        if line.text.is_empty() || is_comment(line.text, self.dialect) {
            return;
        }
        if self.dialect == Dialect::Ini
            && let Some((key_indent, _, pieces)) = &mut self.open
            && indent > *key_indent
        {
            pieces.push(without_comment(line, self.dialect));
            return;
        }
        self.end_value();
        if line.text.starts_with('[') && self.dialect != Dialect::Xcconfig {
            self.section(line);
        } else if self.dialect == Dialect::Any && line.text.starts_with('}') {
            self.sections.close();
        } else if self.dialect == Dialect::Any && line.text.ends_with('{') {
            let name = line.until(line.text.len() - 1).trim_end();
            let name = name.until(name.text.trim_end_matches(['=', ':']).len()).trim_end();
            self.sections.open(name);
        } else if !(self.dialect == Dialect::Xcconfig && line.text.starts_with('#')) {
            self.pair(line, indent);
        }
    }

    fn section(&mut self, line: Piece<'t>) {
        let inside = line.after(1);
        let Some(end) = inside.text.find(']') else {
            if self.dialect == Dialect::Ini {
                self.issues.push(IssueKind::Syntax, line.span(), "a section without `]`");
            }
            return;
        };
        self.sections.switch(inside.until(end).trim());
    }

    fn pair(&mut self, line: Piece<'t>, indent: usize) {
        let Some(at) = separator(line.text, self.dialect).filter(|at| *at > 0) else {
            self.alone(line);
            return;
        };
        let key = line.until(at).trim_end();
        let value = without_comment(line.after(at + 1).trim_start(), self.dialect);
        let value = if value.text.is_empty() { line.after(at + 1).until(0) } else { value };
        if self.dialect == Dialect::Any && (!is_key(key.text) || is_open_list(value.text)) {
            return;
        }
        self.open = Some((indent, key, vec![value]));
    }

    /// A line without a value: an option that is on, or a line that is none.
    fn alone(&mut self, line: Piece<'t>) {
        let word = without_comment(line, self.dialect);
        if self.dialect == Dialect::Any {
            return;
        }
        if is_key(word.text) {
            let node = Node::new(Span::new(word.end(), word.end()), Value::Null);
            self.sections.push(entry(word.key(), node));
        } else {
            let message = "a line that is not `key = value`";
            self.issues.push(IssueKind::Syntax, line.span(), message);
        }
    }

    fn end_value(&mut self) {
        let Some((_, key, pieces)) = self.open.take() else { return };
        let name = match key.text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inside) => key.after(1).until(inside.len()),
            None => key,
        };
        self.sections.push(entry(name.key(), node(&pieces, self.dialect)));
    }
}

/// Whether a list goes on in lines of its own.
fn is_open_list(value: &str) -> bool {
    value.starts_with('[') && !value.ends_with(']')
}

#[cfg(test)]
mod tests;
