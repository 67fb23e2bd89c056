//! What the scanner has to know of each language: a table, and nothing else.

/// How a text in quotes is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// What opens it.
    pub(super) open: &'static str,
    /// What closes it.
    pub(super) close: &'static str,
    /// What a backslash does.
    pub(super) escapes: Escapes,
    /// What is filled in.
    pub(super) holes: Holes,
    /// Whether it may hold line breaks.
    pub(super) lines: bool,
}

/// What is written in place of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escapes {
    /// A backslash guards the next character.
    Backslash,
    /// A backslash guards the quote and itself alone.
    Few,
    /// Nothing.
    Raw,
    /// The quote, written twice.
    Doubled,
}

/// What is filled in inside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holes {
    /// Nothing.
    None,
    /// `${...}`.
    Template,
    /// `${...}` and `$name`.
    Names,
    /// `{$...}`, `${...}` and `$name`.
    Php,
    /// `#{...}`.
    Ruby,
    /// `\(...)`.
    Swift,
    /// `{...}`; `{{` is a brace.
    Braces,
}

/// What `{` can be besides code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Braces {
    /// A map of its own.
    Maps,
    /// The values behind the name of a type.
    Values,
    /// Nothing.
    Code,
}

/// What `=>` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrow {
    /// It starts the body of a function.
    Function,
    /// It stands between a key and its value.
    Key,
    /// It stands between a property and its value, or starts the body of a function.
    Body,
}

/// The table of one language.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one language")]
pub(super) struct Rules {
    /// What starts a comment that ends with its line.
    pub(super) comments: &'static [&'static str],
    /// Whether `/* */` is a comment.
    pub(super) block_comments: bool,
    /// Whether such comments may lie in each other.
    pub(super) nested_comments: bool,
    /// Its texts, longer opening marks first.
    pub(super) quotes: &'static [Quote],
    /// Whether the end of a line can end a statement.
    pub(super) lines: bool,
    /// See [`Braces`].
    pub(super) braces: Braces,
    /// See [`Arrow`].
    pub(super) arrow: Arrow,
    /// Whether a call needs no brackets: `name "value"`.
    pub(super) commands: bool,
    /// Whether `a ?: b` is `a`, or `b` where there is no `a`.
    pub(super) elvis: bool,
    /// Whether `name { }` is a section of its own, as Gradle has it.
    pub(super) closures: bool,
    /// Whether classes end where the lines stand further out.
    pub(super) indents: bool,
}

const fn quote(open: &'static str, escapes: Escapes, holes: Holes) -> Quote {
    Quote { open, close: open, escapes, holes, lines: false }
}

const fn block(open: &'static str, escapes: Escapes, holes: Holes) -> Quote {
    Quote { open, close: open, escapes, holes, lines: true }
}

const PLAIN: [Quote; 2] =
    [quote("\"", Escapes::Backslash, Holes::None), quote("'", Escapes::Backslash, Holes::None)];

pub(super) const JAVASCRIPT: Rules = Rules {
    comments: &["//"],
    block_comments: true,
    nested_comments: false,
    quotes: &[PLAIN[0], PLAIN[1], block("`", Escapes::Backslash, Holes::Template)],
    lines: true,
    braces: Braces::Maps,
    arrow: Arrow::Function,
    commands: false,
    elvis: false,
    closures: false,
    indents: false,
};

pub(super) const PYTHON: Rules = Rules {
    comments: &["#"],
    block_comments: false,
    quotes: &[
        block("\"\"\"", Escapes::Backslash, Holes::None),
        block("'''", Escapes::Backslash, Holes::None),
        PLAIN[0],
        PLAIN[1],
    ],
    arrow: Arrow::Body,
    indents: true,
    ..JAVASCRIPT
};

pub(super) const RUBY: Rules = Rules {
    comments: &["#"],
    block_comments: false,
    quotes: &[
        block("\"", Escapes::Backslash, Holes::Ruby),
        block("'", Escapes::Few, Holes::None),
        block("`", Escapes::Backslash, Holes::Ruby),
    ],
    arrow: Arrow::Key,
    commands: true,
    indents: true,
    ..JAVASCRIPT
};

pub(super) const PHP: Rules = Rules {
    comments: &["//", "#"],
    quotes: &[block("\"", Escapes::Backslash, Holes::Php), block("'", Escapes::Few, Holes::None)],
    lines: false,
    braces: Braces::Code,
    arrow: Arrow::Key,
    elvis: true,
    ..JAVASCRIPT
};

pub(super) const JAVA: Rules = Rules {
    quotes: &[block("\"\"\"", Escapes::Backslash, Holes::None), PLAIN[0], PLAIN[1]],
    lines: false,
    braces: Braces::Values,
    arrow: Arrow::Body,
    ..JAVASCRIPT
};

pub(super) const KOTLIN: Rules = Rules {
    nested_comments: true,
    quotes: &[
        block("\"\"\"", Escapes::Raw, Holes::Names),
        quote("\"", Escapes::Backslash, Holes::Names),
        PLAIN[1],
    ],
    braces: Braces::Code,
    arrow: Arrow::Body,
    elvis: true,
    closures: true,
    ..JAVASCRIPT
};

pub(super) const GROOVY: Rules = Rules {
    quotes: &[
        block("\"\"\"", Escapes::Backslash, Holes::Names),
        block("'''", Escapes::Backslash, Holes::None),
        quote("\"", Escapes::Backslash, Holes::Names),
        PLAIN[1],
    ],
    commands: true,
    nested_comments: false,
    ..KOTLIN
};

pub(super) const SWIFT: Rules = Rules {
    nested_comments: true,
    quotes: &[
        block("\"\"\"", Escapes::Backslash, Holes::Swift),
        quote("\"", Escapes::Backslash, Holes::Swift),
    ],
    braces: Braces::Code,
    arrow: Arrow::Body,
    ..JAVASCRIPT
};

pub(super) const DART: Rules = Rules {
    nested_comments: true,
    quotes: &[
        block("\"\"\"", Escapes::Backslash, Holes::Names),
        block("'''", Escapes::Backslash, Holes::Names),
        quote("\"", Escapes::Backslash, Holes::Names),
        quote("'", Escapes::Backslash, Holes::Names),
    ],
    lines: false,
    arrow: Arrow::Body,
    ..JAVASCRIPT
};

pub(super) const GO: Rules = Rules {
    quotes: &[PLAIN[0], PLAIN[1], block("`", Escapes::Raw, Holes::None)],
    braces: Braces::Values,
    arrow: Arrow::Body,
    ..JAVASCRIPT
};

pub(super) const CSHARP: Rules = Rules {
    quotes: &[block("\"\"\"", Escapes::Raw, Holes::None), PLAIN[0], PLAIN[1]],
    lines: false,
    braces: Braces::Values,
    arrow: Arrow::Body,
    ..JAVASCRIPT
};
