//! Brackets that open: what they hold.

use super::Language;
use super::frame::{Frame, Holds, Item, Worth};
use super::path::Path;
use super::reader::{Before, Reader};
use super::rules::Braces;
use super::token::Mark;
use super::words::{KEYWORDS, NO_SECTIONS};

/// How many brackets are followed.
const MAX_FRAMES: usize = 400;
/// How many of them may be maps in each other.
const MAX_MAPS: usize = 45;

impl Reader<'_> {
    /// A bracket opens.
    pub(super) fn open(&mut self, open: char, start: usize) {
        if self.too_deep > 0 || self.frames.len() >= MAX_FRAMES {
            self.too_deep += 1;
            self.limit.get_or_insert(start);
            return;
        }
        let (mut holds, name) = self.holds(open, start);
        let own = matches!(holds, Holds::Section | Holds::Items | Holds::Arguments);
        let maps = self.frames.iter().filter(|frame| frame.target != 0).count();
        if own && maps >= MAX_MAPS && self.own_maps() >= MAX_MAPS {
            self.limit.get_or_insert(start);
            holds = Holds::Nothing;
        }
        let close = match open {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        let flows = holds == Holds::Items && open == '{' && name.is_none() && self.flows_out();
        let target = if own && !flows { self.frames.len() } else { self.top().target };
        let mut frame = Frame::new(holds, Some(close), target, start);
        frame.name = name;
        self.frames.push(frame);
    }

    fn own_maps(&self) -> usize {
        self.frames.iter().enumerate().filter(|(index, frame)| frame.target == *index).count()
    }

    /// Whether a map has no name of its own: what it holds belongs to what is around it.
    fn flows_out(&mut self) -> bool {
        let frame = self.top();
        let anonymous = frame.item.key.as_ref().is_none_or(|key| key.key().is_none());
        anonymous && (frame.is_code() || frame.holds == Holds::Arguments)
    }

    /// What a bracket holds, and what that is called.
    fn holds(&mut self, open: char, start: usize) -> (Holds, Option<Path>) {
        let nothing =
            self.top().holds == Holds::Nothing || self.item().is_dead || self.item().is_sealed;
        if nothing {
            return (Holds::Nothing, None);
        }
        match open {
            '(' => self.round(start),
            '[' => self.square(start),
            _ => self.curly(start),
        }
    }

    fn round(&mut self, start: usize) -> (Holds, Option<Path>) {
        let adjacent = start == self.before_end;
        let asked = matches!(self.item().value, Worth::Literal(_) | Worth::Asked(_));
        let callee = self.item().left.clone();
        match self.before {
            Before::Word("const" | "var") if self.language == Language::Go => (Holds::Code, None),
            Before::Word("array") if self.language == Language::Php => (Holds::Items, None),
            Before::Word(_) | Before::Mark(Mark::Close(_)) if asked => (Holds::Nothing, None),
            Before::Word(word) if !KEYWORDS.contains(&word) && callee.is_some() => {
                (Holds::Arguments, callee)
            }
            Before::Mark(Mark::Close(']' | ')') | Mark::Dot) if adjacent && callee.is_some() => {
                (Holds::Arguments, callee)
            }
            Before::Word(_) | Before::Literal | Before::Mark(_) => (Holds::Group, None),
        }
    }

    fn square(&mut self, start: usize) -> (Holds, Option<Path>) {
        let adjacent = start == self.before_end;
        let of_name = match self.before {
            Before::Word(word) => !KEYWORDS.contains(&word),
            Before::Mark(Mark::Close(close)) => close != '}',
            Before::Mark(Mark::Dot) | Before::Literal => true,
            Before::Mark(_) => false,
        };
        (if adjacent && of_name { Holds::Index } else { Holds::Items }, None)
    }

    fn curly(&mut self, start: usize) -> (Holds, Option<Path>) {
        if self.language == Language::Python {
            return (Holds::Items, None);
        }
        if let Some(name) = self.item().section.take() {
            return (Holds::Section, Some(name));
        }
        if self.language == Language::Ruby && matches!(self.item().value, Worth::Read(_)) {
            return (Holds::Group, None);
        }
        if self.rules.closures
            && let Some(name) = self.closure()
        {
            return (Holds::Section, Some(name));
        }
        let is_value = match self.rules.braces {
            Braces::Code => false,
            Braces::Maps => self.is_map(),
            Braces::Values => return self.values(start),
        };
        let ternary = self.item().choice.is_open && self.item().key.is_none();
        if self.item().is_tag && self.before == Before::Mark(Mark::Assign) {
            return (Holds::Group, None);
        }
        match is_value {
            true if ternary => (Holds::Nothing, None),
            true => (Holds::Items, None),
            false => (Holds::Code, None),
        }
    }

    /// Whether `{` stands where a value does.
    fn is_map(&mut self) -> bool {
        let code = self.top().is_code();
        let tag = self.item().is_tag;
        match self.before {
            Before::Word(word) => {
                matches!(word, "return" | "yield" | "default" | "const" | "await")
            }
            Before::Literal => false,
            Before::Mark(mark) => match mark {
                Mark::Assign | Mark::Or | Mark::Question => !tag,
                Mark::Open(open) => open != '{' || !code,
                Mark::Comma => !code || self.item().command.is_some(),
                Mark::Colon => !code || self.item().key.is_some(),
                Mark::Arrow => self.language == Language::Ruby,
                Mark::Close(_)
                | Mark::Semicolon
                | Mark::ThinArrow
                | Mark::Dot
                | Mark::Unequal
                | Mark::Tag
                | Mark::Pattern
                | Mark::Other(_) => false,
            },
        }
    }

    /// `{` behind the name of a type.
    fn values(&mut self, start: usize) -> (Holds, Option<Path>) {
        let adjacent = start == self.before_end;
        let code = self.top().is_code();
        let left = self.item().left.clone();
        let is_new = self.item().is_new;
        let name = left.filter(|_| self.item().key.is_none());
        let within = Before::Mark(Mark::Open('{'));
        let elided = self.before == Before::Mark(Mark::Assign)
            || (!code
                && [within, Before::Mark(Mark::Comma), Before::Mark(Mark::Colon)]
                    .contains(&self.before));
        let typed = match (self.language, self.before) {
            (Language::Go, Before::Word(word)) => adjacent && !KEYWORDS.contains(&word),
            (Language::Go, Before::Mark(Mark::Close(close))) => adjacent && close == ']',
            (
                _,
                Before::Word(_) | Before::Mark(Mark::Close(')' | ']' | '}') | Mark::Other('>')),
            ) => is_new,
            _ => false,
        };
        if typed {
            (Holds::Items, name)
        } else if elided {
            (Holds::Items, None)
        } else {
            (Holds::Code, None)
        }
    }

    /// The name of a section of Gradle: `release {`, `create("release") {`.
    fn closure(&mut self) -> Option<Path> {
        let item = self.item();
        if item.key.is_some() {
            return None;
        }
        let named = NO_SECTIONS.contains(&item.first.as_str());
        if named {
            return None;
        }
        let before = self.before;
        match before {
            Before::Word(word) if self.item().first == word => self.item().left.clone(),
            Before::Mark(Mark::Close(')')) => {
                let item = self.item();
                let Worth::Asked(node) = &item.value else { return None };
                let name = Path::of_text(node.text()?, node.span);
                // what was noted as given is a name
                let target = self.top().target;
                if let Some(frame) = self.frames.get_mut(target) {
                    frame.branch.take_back(name.span);
                }
                Some(name)
            }
            Before::Word(_) | Before::Literal | Before::Mark(_) => None,
        }
    }

    /// `class Name:` of Python, `class Name` of Ruby: it ends by its lines.
    pub(super) fn open_class(&mut self) {
        let Some(name) = self.item().section.take() else { return };
        let indent = self.item().indent;
        if self.frames.len() >= MAX_FRAMES || self.own_maps() >= MAX_MAPS {
            return;
        }
        *self.item() = Item { indent, ..Item::default() };
        let mut frame =
            Frame::new(Holds::Section, None, self.frames.len(), name.span.start_offset());
        frame.name = Some(name);
        frame.indent = Some(indent);
        self.frames.push(frame);
    }

    /// `configure :production do` of Ruby; other blocks belong to what is around them.
    pub(super) fn open_section(&mut self) {
        let item = self.item();
        let named = match (&item.value, item.arguments.is_empty() && item.command.is_some()) {
            (Worth::Literal(node), true) => node.text().map(|text| Path::of_text(text, node.span)),
            _ => None,
        };
        if let Some(name) = named {
            item.section = Some(name);
            item.command = None;
            self.open_class();
        } else {
            self.end_item();
        }
    }
}
