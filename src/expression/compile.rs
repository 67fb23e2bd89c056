//! From text to a program: parsed, limited, and of known names only.

use cel::parser::PrattParser;
use cel::parser::pratt_parser::{Lexer, Token, TokenKind};
use cel::{IdedExpr, ParseErrors};

use super::CompileFault;
use super::program::Program;
use super::rewrite::{FUNCTIONS, Refusal, Rewrite};
use crate::source::suggest;

/// The longest source, in bytes. This, not the parser's own limits, keeps its recursion shallow.
const MAX_BYTES: usize = 4096;

/// The most nodes of a tree.
const MAX_NODES: usize = 500;

/// How deep brackets and operators may nest.
const MAX_DEPTH: usize = 40;

/// Parses, checks and rewrites `source`.
pub(super) fn compile(source: &str, names: &[&str]) -> Result<Program, CompileFault> {
    if source.len() > MAX_BYTES {
        return Err(whole(source, format!("the expression is longer than {MAX_BYTES} bytes")));
    }
    let tokens = tokens(source);
    if depth(&tokens) > MAX_DEPTH {
        return Err(whole(source, format!("the expression nests more than {MAX_DEPTH} deep")));
    }
    if tokens.len() > 2 * MAX_NODES {
        return Err(whole(source, "the expression has too many parts".to_owned()));
    }
    let mut tree = PrattParser::new()
        .max_expression_node_count(MAX_NODES)
        .parse(source)
        .map_err(|errors| parse_fault(source, &tokens, &errors))?;
    let mut rewrite = Rewrite::new(names);
    rewrite.visit(&mut tree).map_err(|refusal| locate(source, &tokens, refusal, names))?;
    Ok(finish(tree, rewrite))
}

fn finish(tree: IdedExpr, rewrite: Rewrite<'_>) -> Program {
    let mut reads = rewrite.reads;
    reads.sort_by(|left, right| right.len().cmp(&left.len()).then(left.cmp(right)));
    reads.dedup();
    Program {
        tree,
        nodes: rewrite.nodes,
        reads,
        presence: rewrite.presence,
        parameters: rewrite.parameters,
        patterns: rewrite.patterns.into(),
    }
}

/// All tokens that mean something.
fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(source);
    let mut tokens = Vec::new();
    loop {
        let token = lexer.lex();
        if matches!(token.kind, TokenKind::TokEnd | TokenKind::TokError) {
            return tokens;
        }
        if !matches!(token.kind, TokenKind::TokWhitespace | TokenKind::TokComment) {
            tokens.push(token);
        }
        if token.end >= source.len() {
            return tokens;
        }
    }
}

/// A bound of how deep the parser recurses: open brackets, and runs of prefixes and conditions.
fn depth(tokens: &[Token]) -> usize {
    let (mut open, mut prefixes, mut questions, mut deepest) = (0usize, 0usize, 0usize, 0usize);
    for token in tokens {
        match token.kind.as_str() {
            "!" | "-" => prefixes += 1,
            other => {
                prefixes = 0;
                match other {
                    "[" | "{" | "(" => open += 1,
                    "]" | "}" | ")" => open = open.saturating_sub(1),
                    "?" => questions += 1,
                    _ => {}
                }
            }
        }
        deepest = deepest.max(open + prefixes + questions);
    }
    deepest
}

fn parse_fault(source: &str, tokens: &[Token], errors: &ParseErrors) -> CompileFault {
    let Some(error) = errors.errors.first() else {
        return whole(source, "the text is no expression".to_owned());
    };
    let (line, column) = error.pos;
    let before = usize::try_from(line - 1)
        .ok()
        .map_or(0, |lines| source.split_inclusive('\n').take(lines).map(str::len).sum::<usize>());
    let start = before.saturating_add(usize::try_from(column - 1).unwrap_or(0)).min(source.len());
    let token = tokens.iter().find(|token| token.start >= start);
    let end = token.map_or(source.len(), |token| token.end);
    let said = error.msg.trim_start_matches("Syntax error: ");
    if said.contains("input '<EOF>'") {
        return whole(source, "the expression ends too early".to_owned());
    }
    let mut letters = said.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    let message = first.into_iter().chain(letters).collect();
    CompileFault { message, help: None, start, end }
}

/// Puts a refusal at the first token that it is about.
fn locate(source: &str, tokens: &[Token], refusal: Refusal, names: &[&str]) -> CompileFault {
    let (word, message, known) = match refusal {
        Refusal::Name(name) => {
            let message = format!("unknown name `{name}`");
            (name, message, names)
        }
        Refusal::Function(name) => {
            let message = format!("unknown function `{name}`");
            (name, message, FUNCTIONS.as_slice())
        }
        Refusal::Other { message, word } => (word, message, [].as_slice()),
    };
    // a field of the same name is another thing
    let starts = known == names;
    let mut before = None;
    let place = tokens.iter().find(|token| {
        let field = starts && before.replace(token.kind) == Some(TokenKind::TokDot);
        !field && source.get(token.start..token.end) == Some(&*word)
    });
    let (start, end) = place.map_or((0, source.len()), |token| (token.start, token.end));
    CompileFault { message, help: suggest(&word, known), start, end }
}

fn whole(source: &str, message: String) -> CompileFault {
    CompileFault { message, help: None, start: 0, end: source.len() }
}
