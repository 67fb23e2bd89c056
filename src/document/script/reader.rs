//! Token by token, line by line, statement by statement.

use super::Language;
use super::frame::{Frame, Holds, Item, Worth};
use super::lexer::Lexer;
use super::path::Path;
use super::rules::Rules;
use super::token::{Kind, Mark, Token};
use crate::document::issues::Issues;
use crate::document::{IssueKind, Node};
use crate::source::Span;

/// The token before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before<'t> {
    Word(&'t str),
    Literal,
    Mark(Mark),
}

/// What reads tokens into entries.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) language: Language,
    pub(super) rules: &'static Rules,
    pub(super) frames: Vec<Frame>,
    pub(super) before: Before<'t>,
    pub(super) before_end: usize,
    /// How many brackets more are open than are followed.
    pub(super) too_deep: usize,
    /// Where a limit was reached first.
    pub(super) limit: Option<usize>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, language: Language) -> Self {
        Self {
            text,
            language,
            rules: language.rules(),
            frames: vec![Frame::new(Holds::Section, None, 0, 0)],
            before: Before::Mark(Mark::Semicolon),
            before_end: 0,
            too_deep: 0,
            limit: None,
        }
    }

    /// Reads a part of the text.
    pub(super) fn read(&mut self, lexer: Lexer<'t>) {
        for token in lexer {
            self.token(&token);
        }
        while self.frames.len() > 1 {
            self.pop(self.before_end);
        }
    }

    /// All entries.
    pub(super) fn finish(mut self, span: Span, issues: &mut Issues<'_>) -> Node {
        self.end_item();
        if let Some(at) = self.limit {
            issues.push_at(IssueKind::Limit, at, "nested too deeply");
        }
        let branch = self.frames.drain(..).next().map(|frame| frame.branch);
        branch.unwrap_or_default().finish(span)
    }

    /// The reference that all of what was read is.
    pub(super) fn variable(mut self) -> Option<Node> {
        let source = self.text;
        let item = self.item();
        let is_whole = item.key.is_none() && item.command.is_none();
        let node = item.take_node(source).filter(|_| is_whole)?;
        node.text().is_some_and(|text| text.starts_with("${")).then_some(node)
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(Holds::Section, None, 0, 0));
        }
        let last = self.frames.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "there is always one")]
        &mut self.frames[last]
    }

    pub(super) fn item(&mut self) -> &mut Item {
        &mut self.top().item
    }

    fn token(&mut self, token: &Token<'t>) {
        if let Some(indent) = token.line {
            self.line(indent, &token.kind);
        }
        let ignored = self.too_deep > 0 || self.top().holds == Holds::Nothing;
        self.before = match &token.kind {
            Kind::Mark(Mark::Open(open)) => {
                self.open(*open, token.start);
                Before::Mark(Mark::Open(*open))
            }
            Kind::Mark(Mark::Close(close)) => {
                self.close(*close, token.end);
                Before::Mark(Mark::Close(*close))
            }
            Kind::Word(word) => {
                if !ignored {
                    self.word(*word);
                }
                // a member of something is no keyword
                let is_member = self.before == Before::Mark(Mark::Dot);
                Before::Word(if is_member { "" } else { word.text })
            }
            Kind::Literal(node) => {
                if !ignored {
                    self.literal(node.clone(), token.start);
                }
                Before::Literal
            }
            Kind::Mark(mark) => {
                if !ignored {
                    self.mark(*mark);
                }
                // a dot behind nothing joins nothing
                let joins = matches!(
                    self.before,
                    Before::Word(_) | Before::Literal | Before::Mark(Mark::Close(_) | Mark::Dot)
                );
                let lone = *mark == Mark::Dot && !joins;
                Before::Mark(if lone { Mark::Other('.') } else { *mark })
            }
        };
        self.before_end = token.end;
    }

    /// A line begins: the statement before it may be over, and so may a class.
    fn line(&mut self, indent: usize, next: &Kind<'_>) {
        if self.top().is_code() && self.rules.lines && self.ends(next) {
            if self.language == Language::Ruby && self.item().section.is_some() {
                self.open_class();
            }
            self.end_item();
        }
        while self.top().indent.is_some_and(|class| indent <= class) {
            self.pop(self.before_end);
        }
        self.item().indent = indent;
    }

    /// Whether a statement is over where a line begins with `next`.
    fn ends(&mut self, next: &Kind<'_>) -> bool {
        let choice = self.item().choice.key.is_some();
        let goes_on = match self.before {
            Before::Word(_) | Before::Literal => false,
            Before::Mark(Mark::Other(one)) => "+-*/%&|<=.".contains(one),
            Before::Mark(Mark::Colon) => choice,
            Before::Mark(mark) => {
                let joins = [Mark::Assign, Mark::Arrow, Mark::Comma];
                let asks = [Mark::Dot, Mark::Or, Mark::Question];
                joins.contains(&mark) || asks.contains(&mark)
            }
        };
        let follows = match next {
            Kind::Word(_) | Kind::Literal(_) => false,
            Kind::Mark(Mark::Other(one)) => "+&|.".contains(*one),
            Kind::Mark(Mark::Colon) => choice,
            Kind::Mark(mark) => [Mark::Dot, Mark::Or, Mark::Question].contains(mark),
        };
        !(goes_on || follows)
    }

    /// Notes a value under a name.
    pub(super) fn emit(&mut self, path: &Path, node: Node) {
        let target = self.top().target;
        if let (Some(frame), Some(key)) = (self.frames.get_mut(target), path.key()) {
            frame.branch.push(key, node);
        }
    }

    /// A statement or an item is over.
    pub(super) fn end_item(&mut self) {
        let source = self.text;
        if self.item().command.is_some() {
            self.end_argument();
            self.end_command();
            return;
        }
        let frame = self.top();
        let holds = frame.holds;
        let indent = frame.item.indent;
        let mut item = std::mem::take(&mut frame.item);
        frame.item.indent = indent;
        let is_empty = item.left.is_none() && matches!(item.value, Worth::None);
        if item.is_dead {
            return;
        }
        if holds == Holds::Group {
            let value = std::mem::take(&mut item.value);
            let first = matches!(frame.result, Worth::None);
            frame.result = if is_empty && !first {
                Worth::Other
            } else if first && item.key.is_none() {
                match (value, item.left.as_ref().and_then(Path::variable)) {
                    (Worth::Name, Some(name)) => {
                        let span = item.left.as_ref().map(|left| left.span).unwrap_or_default();
                        Worth::Read(super::frame::Read::new(name, span))
                    }
                    (value, _) => value,
                }
            } else {
                Worth::Other
            };
            return;
        }
        let node = item.take_node(source);
        match (node, item.key) {
            (Some(node), Some(key)) => self.emit(&key, node),
            (node, None) if holds == Holds::Arguments && !is_empty => self.top().items.push(node),
            (Some(node), None) if matches!(holds, Holds::Items | Holds::Index) => {
                self.top().items.push(Some(node));
            }
            _ => {}
        }
    }
}
