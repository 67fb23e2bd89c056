//! Token by token: names, literals and marks.

use super::Language;
use super::frame::{By, Choice, Frame, Holds, Item, Worth};
use super::language::{Arrow, Rules};
use super::lexer::Lexer;
use super::path::Path;
use super::token::{Kind, Mark, Token};
use super::words::{BEFORE_COLON, KEYWORDS, LOOKS, SECTIONS, UNCHANGED};
use crate::document::issues::Issues;
use crate::document::piece::Piece;
use crate::document::{IssueKind, Node, Value};
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

    fn word(&mut self, word: Piece<'t>) {
        let joins = self.before == Before::Mark(Mark::Dot);
        let language = self.language;
        let item = self.item();
        if item.is_dead || item.is_sealed || (!joins && self.word_of_structure(word)) {
            return;
        }
        let types_follow = language == Language::Go
            && matches!(self.before, Before::Word(before) if !KEYWORDS.contains(&before));
        let code = self.top().is_code();
        let item = self.item();
        if item.first.is_empty() {
            word.text.clone_into(&mut item.first);
        } else if code && is_type(language, &item.first) && !joins {
            item.is_dead = true;
        }
        if item.names_section && !joins {
            item.names_section = false;
            item.section = Some(Path::new(word));
        }
        item.names_section |= !joins && SECTIONS.contains(&word.text);
        item.is_new |= word.text == "new";
        let value = std::mem::take(&mut item.value);
        let asks = matches!(value, Worth::Asked(_));
        item.value = match value {
            Worth::None | Worth::Name => Worth::Name,
            Worth::Asked(node) if UNCHANGED.contains(&word.text) => Worth::Literal(node),
            Worth::Default(read) => Worth::Default(read),
            Worth::Literal(_) | Worth::Asked(_) | Worth::Read(_) | Worth::Other => Worth::Other,
        };
        match &mut item.left {
            left if asks => *left = None,
            Some(left) if joins => left.push(word.text, word.span()),
            Some(_) if types_follow => {}
            left => *left = Some(Path::new(word)),
        }
    }

    /// Words that are more than a name; false where it is none.
    fn word_of_structure(&mut self, word: Piece<'t>) -> bool {
        let language = self.language;
        let has_literal = matches!(self.item().value, Worth::Literal(_));
        let commands = self.rules.commands && matches!(self.before, Before::Word(_));
        let is_open = match self.item().value {
            Worth::None | Worth::Default(_) => true,
            Worth::Name => commands,
            Worth::Literal(_) | Worth::Asked(_) | Worth::Read(_) | Worth::Other => false,
        };
        match word.text {
            "true" | "false" | "True" | "False" if is_open => {
                let value = word.text.eq_ignore_ascii_case("true");
                self.literal(Node::new(word.span(), Value::Bool(value)), word.at);
            }
            "null" | "nil" | "None" | "undefined" => self.item().value = Worth::Other,
            "or" if matches!(language, Language::Python | Language::Ruby | Language::Php) => {
                self.item().or();
            }
            "if" if language == Language::Python && has_literal => self.condition_follows(),
            "else" if language == Language::Python && self.item().choice.first.is_some() => {
                self.other_side();
            }
            "as" | "satisfies" if has_literal => self.item().is_sealed = true,
            "to" if language == Language::Kotlin && has_literal => self.set_key(),
            "if" | "unless" if language == Language::Ruby && has_literal => {
                self.end_item();
                self.item().is_dead = true;
            }
            "do" if language == Language::Ruby => self.open_section(),
            "end" | "else" | "then" if language == Language::Ruby => self.end_item(),
            _ if has_literal && self.item().is_tag => {
                self.end_attribute();
                return false;
            }
            _ => return false,
        }
        true
    }

    fn literal(&mut self, node: Node, start: usize) {
        let commands = self.rules.commands && start > self.before_end;
        let called = match self.before {
            Before::Word(word) => commands && !KEYWORDS.contains(&word),
            Before::Literal | Before::Mark(_) => false,
        };
        let item = self.item();
        if item.is_dead || item.is_sealed {
            return;
        }
        item.choice.word = node.text().map(str::to_owned);
        let value = std::mem::take(&mut item.value);
        item.value = match value {
            Worth::None => Worth::Literal(node),
            Worth::Default(mut read) if super::defaults::is_scalar(&node) => {
                read.default = Some(node);
                Worth::Read(read)
            }
            Worth::Name if called && item.key.is_none() && item.command.is_none() => {
                item.command = item.left.take();
                Worth::Literal(node)
            }
            Worth::Name
            | Worth::Default(_)
            | Worth::Literal(_)
            | Worth::Asked(_)
            | Worth::Read(_)
            | Worth::Other => Worth::Other,
        };
    }

    fn mark(&mut self, mark: Mark) {
        let code = self.top().is_code();
        let is_over = self.item().is_dead || self.item().is_sealed;
        match mark {
            Mark::Comma | Mark::Semicolon if is_over => self.end_item(),
            _ if is_over => {}
            Mark::Comma => self.comma(),
            Mark::Semicolon => self.end_item(),
            Mark::Colon => self.colon(),
            Mark::Assign => self.assign(),
            Mark::Arrow => self.arrow(),
            Mark::ThinArrow => {
                let item = self.item();
                let is_arm = code && item.key.is_none();
                if is_arm && matches!(item.value, Worth::Literal(_)) {
                    self.set_key();
                } else {
                    item.value = Worth::None;
                }
            }
            Mark::Dot => {
                let item = self.item();
                let value = std::mem::take(&mut item.value);
                item.value =
                    if let Worth::Literal(node) = value { Worth::Asked(node) } else { value };
            }
            Mark::Or => self.item().or(),
            Mark::Question => self.question(),
            Mark::Tag => {
                let item = self.item();
                *item = Item { is_tag: true, indent: item.indent, ..Item::default() };
            }
            Mark::Other('/' | '>') if self.item().is_tag => {
                self.end_attribute();
                self.item().is_tag = mark == Mark::Other('/');
            }
            Mark::Unequal | Mark::Other('=') => {
                let item = self.item();
                item.choice.differs |= mark == Mark::Unequal;
                item.left = None;
                item.value = Worth::Other;
            }
            Mark::Other(one) => self.operator(one),
            Mark::Pattern => self.item().value = Worth::Other,
            Mark::Open(_) | Mark::Close(_) => {}
        }
    }

    /// A mark that changes a value, mostly into one that is not followed.
    fn operator(&mut self, one: char) {
        let item = self.item();
        item.names_section = false;
        let is_first = matches!(item.value, Worth::None);
        let keeps = match one {
            // an address of Go
            '&' | '*' => is_first,
            // `value!`
            '!' => !is_first,
            '?' => true,
            _ => false,
        };
        if !keeps {
            item.value = Worth::Other;
        }
    }

    fn comma(&mut self) {
        let code = self.top().is_code();
        let source = self.text;
        let item = self.item();
        if item.command.is_some() {
            self.end_argument();
        } else if code && item.key.is_none() && item.left.is_some() {
            // `a, b = "x", "y"`: which is which is not followed
            item.take_node(source);
            item.is_tuple = true;
        } else {
            let is_tuple = item.is_tuple;
            self.end_item();
            self.item().is_tuple = is_tuple && code;
        }
    }

    fn colon(&mut self) {
        if self.item().choice.is_open {
            self.other_side();
            return;
        }
        let code = self.top().is_code();
        let first = std::mem::take(&mut self.item().first);
        let is_keyword = BEFORE_COLON.contains(&&*first);
        self.item().first = first;
        if self.top().holds == Holds::Index {
            self.item().value = Worth::Other;
        } else if code && is_keyword {
            if self.rules.indents && self.item().section.is_some() {
                self.open_class();
            }
            let indent = self.item().indent;
            *self.item() = Item { indent, ..Item::default() };
        } else if !(is_keyword && self.item().first == "lambda") {
            self.set_key();
            self.item().by = By::Colon;
        }
    }

    /// What was read names what follows.
    pub(super) fn set_key(&mut self) {
        let source = self.text;
        let item = self.item();
        let value = std::mem::take(&mut item.value);
        item.key = if let Worth::Literal(node) = value {
            let inner = node.inner(source);
            node.scalar_text(source).map(|text| Path::of_text(&text, inner))
        } else {
            item.left.take()
        };
        if item.key.is_none() {
            item.value = Worth::Other;
        }
        item.left = None;
        item.by = By::Assign;
    }

    fn assign(&mut self) {
        let item = self.item();
        item.choice = Choice::default();
        if item.is_tuple {
            item.key = None;
            item.value = Worth::Other;
        } else if item.by == By::Colon && item.key.is_some() {
            item.value = Worth::None;
            item.left = None;
            item.by = By::Assign;
        } else {
            item.value = Worth::Name;
            self.set_key();
        }
        self.item().command = None;
    }

    fn arrow(&mut self) {
        let arguments = self.top().holds == Holds::Arguments;
        let arrow = self.rules.arrow;
        let item = self.item();
        let is_arm = matches!(item.value, Worth::Literal(_));
        match arrow {
            Arrow::Key => self.set_key(),
            Arrow::Body if !arguments && (is_arm || item.left.is_some()) => self.set_key(),
            Arrow::Function | Arrow::Body => {
                item.left = None;
                item.value = Worth::None;
            }
        }
    }

    /// The condition of a choice ends here.
    fn question(&mut self) {
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
    fn condition_follows(&mut self) {
        let source = self.text;
        let item = self.item();
        let first = item.take_node(source);
        item.choice = Choice { key: item.key.take(), first, ..Choice::default() };
        item.value = Worth::Other;
    }

    /// The other side of a choice begins.
    fn other_side(&mut self) {
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

    /// An attribute of a tag is over.
    fn end_attribute(&mut self) {
        let source = self.text;
        let item = self.item();
        let node = item.take_node(source);
        let key = item.key.take();
        item.left = None;
        if let (Some(node), Some(key)) = (node, key)
            && !LOOKS.contains(&key.last())
        {
            self.emit(&key, node);
        }
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

/// Whether a statement that starts with `first` speaks of types alone.
fn is_type(language: Language, first: &str) -> bool {
    matches!(language, Language::JavaScript | Language::Component)
        && matches!(first, "type" | "interface" | "declare")
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
