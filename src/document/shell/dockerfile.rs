//! `ENV` and `ARG` of a Dockerfile. Stages are not told apart: the last one is what is shipped, and
//! the last entry is what counts. An argument without a default says nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::word::{Dialect, Words};
use crate::document::piece::{Piece, entry};
use crate::document::{Entry, Key, Node, Parsed};

/// Reads a whole Dockerfile.
pub(in super::super) fn parse(text: &str) -> Parsed {
    let escape = if is_escaped_by_backtick(text) { '`' } else { '\\' };
    let mut words = Words::new(text, Dialect::Docker { escape });
    let mut read = Variables::default();
    while !words.rest().is_empty() {
        let blank = words.rest().trim_start();
        words.at += words.rest().len() - blank.len();
        let instruction = blank.get(..4).filter(|four| four.ends_with([' ', '\t']));
        let instruction = instruction.map(|four| four.trim_end().to_ascii_uppercase());
        match instruction.as_deref() {
            Some(name @ ("ENV" | "ARG")) => {
                words.at += 4;
                pairs(&mut words, &mut read, name == "ENV");
            }
            _ => skip_instruction(&mut words),
        }
    }
    super::document(text, read.entries)
}

/// Whether the directive at the start says that a backtick goes on in the next line.
fn is_escaped_by_backtick(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let directives = text.lines().take_while(|line| line.starts_with('#'));
    directives.take(8).any(|line| {
        let said: String = line.chars().filter(|one| !one.is_whitespace()).collect();
        said.eq_ignore_ascii_case("#escape=`")
    })
}

/// Goes past blanks, guarded line breaks and the comments between them.
fn skip_gap(words: &mut Words<'_>) {
    loop {
        let before = words.at;
        words.skip_blanks();
        let broke = before != words.at;
        if broke && words.rest().starts_with('#') {
            words.skip_line();
        } else {
            return;
        }
    }
}

/// The variables so far.
#[derive(Default)]
struct Variables {
    entries: Vec<Entry>,
    names: BTreeSet<Arc<str>>,
}

impl Variables {
    /// Adds one. `ENV K=$K` after `ARG K=v` says nothing new.
    fn add(&mut self, key: Key, node: Node) {
        let own = format!("${{{}}}", key.text);
        let is_new = self.names.insert(Arc::clone(&key.text));
        if is_new || node.text() != Some(&*own) {
            self.entries.push(entry(key, node));
        }
    }
}

fn pairs(words: &mut Words<'_>, read: &mut Variables, is_env: bool) {
    loop {
        skip_gap(words);
        let rest = words.rest();
        let end = rest.find(['=', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        let key = Piece { at: words.at, text: rest }.until(end);
        if key.text.is_empty() {
            break;
        }
        words.at = key.end();
        if words.rest().starts_with('=') {
            words.at += 1;
            read.add(key.key(), words.word());
        } else if is_env {
            skip_gap(words);
            if words.rest().starts_with(['\n', '\r']) || words.rest().is_empty() {
                break;
            }
            read.add(key.key(), words.line());
            break;
        }
    }
    words.skip_line();
}

/// Goes past an instruction over all its lines.
fn skip_instruction(words: &mut Words<'_>) {
    let escape = words.escape();
    let mut goes_on = true;
    while goes_on && !words.rest().is_empty() {
        let before = words.rest();
        let line = before.get(..before.find(['\n', '\r']).unwrap_or(before.len()));
        let line = line.unwrap_or_default().trim();
        goes_on = line.ends_with(escape) && !line.starts_with('#');
        words.skip_line();
    }
}
