//! `condition ? one : other`, and `one if condition else other`.

use super::frame::{By, Choice, Worth};
use super::path::Path;
use super::reader::Reader;

impl Reader<'_> {
    /// The condition of a choice ends here.
    pub(super) fn question(&mut self) {
        let item = self.item();
        if item.by == By::Colon
            && item.key.is_some()
            && matches!(item.value, Worth::Name)
            && item.left.as_ref().is_some_and(|left| left.last().starts_with(char::is_uppercase))
        {
            // a type that may be nothing
            return;
        }
        item.choice.is_open = true;
        let word = item.choice.word.take().or_else(|| Some(item.left.as_ref()?.last().to_owned()));
        item.left = None;
        let Some(key) = item.key.take() else {
            item.value = Worth::Other;
            return;
        };
        let side = side(word, item.choice.differs);
        item.key = Some(key.with(&Path::of_text(&side, key.span)));
        item.choice.key = Some(key);
        item.value = Worth::None;
    }

    /// The one side of a choice of Python was read, and its condition follows.
    pub(super) fn condition_follows(&mut self) {
        let source = self.text;
        let item = self.item();
        let first = item.take_node(source);
        item.choice = Choice { key: item.key.take(), first, ..Choice::default() };
        item.value = Worth::Other;
    }

    /// The other side of a choice begins.
    pub(super) fn other_side(&mut self) {
        let source = self.text;
        let item = self.item();
        let choice = std::mem::take(&mut item.choice);
        let Some(base) = choice.key else {
            item.value = Worth::Other;
            item.left = None;
            return;
        };
        let key = item.key.take().unwrap_or_else(|| {
            let word = choice.word.or_else(|| Some(item.left.as_ref()?.last().to_owned()));
            base.with(&Path::of_text(&side(word, choice.differs), base.span))
        });
        let node = choice.first.or_else(|| item.take_node(source));
        item.key = Some(base.with(&Path::of_text("else", base.span)));
        item.choice.key = Some(base);
        item.value = Worth::None;
        item.left = None;
        if let Some(node) = node {
            self.emit(&key, node);
        }
    }
}

/// What the one side of a choice is called.
fn side(word: Option<String>, differs: bool) -> String {
    let fits = |word: &String| {
        !differs
            && !word.is_empty()
            && word.len() <= 40
            && word.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '-'))
    };
    word.filter(fits).unwrap_or_else(|| "then".to_owned())
}
