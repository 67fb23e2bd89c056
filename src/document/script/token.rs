//! What a program is made of, as far as it matters here.

use crate::document::Node;
use crate::document::piece::Piece;

/// One token.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    /// Where it starts.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// How far in its line stands, where it is the first of its line.
    pub(super) line: Option<usize>,
    /// What it is.
    pub(super) kind: Kind<'t>,
}

/// The sorts of token.
#[derive(Clone, Debug)]
pub(super) enum Kind<'t> {
    /// A name or a keyword.
    Word(Piece<'t>),
    /// A literal: a text, decoded, or a number.
    Literal(Node),
    /// Anything else.
    Mark(Mark),
}

/// The marks that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// `,`.
    Comma,
    /// `;`.
    Semicolon,
    /// `:`.
    Colon,
    /// `=`, `:=`, `||=`, `??=`.
    Assign,
    /// `=>`.
    Arrow,
    /// `->` where it joins no names.
    ThinArrow,
    /// What joins the parts of a name.
    Dot,
    /// `||`, `??`, `?:`: the right side stands in for the left one.
    Or,
    /// `?`.
    Question,
    /// `!=` and `!==`.
    Unequal,
    /// `<` that starts a tag of JSX.
    Tag,
    /// A regular expression.
    Pattern,
    /// Any other.
    Other(char),
}
