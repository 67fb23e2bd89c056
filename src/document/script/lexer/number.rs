//! Numbers.

use super::Lexer;
use crate::document::piece::{Piece, text as text_node};
use crate::document::{Node, Style, Value};

impl Lexer<'_> {
    /// Reads a number; one that does not fit, or that starts with a zero, is its text.
    pub(super) fn number(&mut self) -> Node {
        let rest = self.rest();
        let mut end = usize::from(rest.starts_with('-'));
        while let Some(one) = rest.get(end..).and_then(|rest| rest.chars().next()) {
            let after = rest.get(end + one.len_utf8()..).unwrap_or_default();
            let point = one == '.' && after.starts_with(|next: char| next.is_ascii_digit());
            if !(one.is_ascii_alphanumeric() || one == '_' || point) {
                break;
            }
            end += one.len_utf8();
        }
        let piece = Piece { at: self.at, text: rest }.until(end);
        self.at = piece.end();
        let digits: String = piece.text.chars().filter(|one| *one != '_').collect();
        let digits = digits.trim_end_matches(['l', 'L', 'n', 'm', 'M']);
        let bare = digits.trim_start_matches('-');
        let zero = bare.starts_with('0') && bare.len() > 1 && !bare.starts_with("0.");
        let value = if zero {
            None
        } else if let Ok(number) = digits.parse() {
            Some(Value::Int(number))
        } else {
            let finite = digits.parse().ok().filter(|number: &f64| number.is_finite());
            finite.filter(|_| bare.starts_with(|one: char| one.is_ascii_digit())).map(Value::Float)
        };
        match value {
            Some(value) => Node::new(piece.span(), value),
            None => text_node(piece.span(), piece.text, Style::Plain),
        }
    }
}
