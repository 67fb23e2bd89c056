//! One walk over a parsed tree that refuses what is unknown and replaces what is looked up better
//! before evaluating: presence tests, parameters and patterns become numbered names.

use cel::IdedExpr;
use cel::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, SelectExpr, operators,
};
use regex::{Regex, RegexBuilder};

/// Functions that may be called, in the order of their names.
pub(super) const FUNCTIONS: [&str; 10] = [
    "contains",
    "double",
    "endsWith",
    "int",
    "matches",
    "p95",
    "param",
    "size",
    "startsWith",
    "string",
];

/// What `matches` becomes: its text, and the number of its pattern.
pub(super) const MATCHES: &str = "@matches";

/// How many loops may stand in each other.
const MAX_LOOPS: usize = 3;

/// The largest compiled pattern, in bytes.
const MAX_PATTERN: usize = 1 << 20;

/// What is not allowed.
pub(super) enum Refusal {
    /// A name that is not known.
    Name(String),
    /// A function that is not known.
    Function(String),
    /// Anything else, and the token that it is about.
    Other {
        /// What is wrong.
        message: String,
        /// The token; the whole text where there is none such.
        word: String,
    },
}

/// The walk.
pub(super) struct Rewrite<'n> {
    names: &'n [&'n str],
    bound: Vec<String>,
    loops: usize,
    /// Nodes seen.
    pub(super) nodes: u64,
    /// Chains of names read.
    pub(super) reads: Vec<Vec<String>>,
    /// Chains tested for presence.
    pub(super) presence: Vec<Vec<String>>,
    /// Parameters read.
    pub(super) parameters: Vec<String>,
    /// Patterns matched.
    pub(super) patterns: Vec<Regex>,
}

impl<'n> Rewrite<'n> {
    pub(super) fn new(names: &'n [&'n str]) -> Self {
        Self {
            names,
            bound: Vec::new(),
            loops: 0,
            nodes: 0,
            reads: Vec::new(),
            presence: Vec::new(),
            parameters: Vec::new(),
            patterns: Vec::new(),
        }
    }

    /// Visits a node and everything below it.
    pub(super) fn visit(&mut self, node: &mut IdedExpr) -> Result<(), Refusal> {
        self.nodes += 1;
        if let Some(chain) = chain(node)
            && let Some(root) = chain.first()
            && !self.bound.contains(root)
        {
            return self.read(node, chain);
        }
        match &mut node.expr {
            Expr::Literal(_) | Expr::Ident(_) => Ok(()),
            Expr::Select(select) => self.visit(&mut select.operand),
            Expr::List(list) => list.elements.iter_mut().try_for_each(|item| self.visit(item)),
            Expr::Map(map) => map.entries.iter_mut().try_for_each(|entry| match &mut entry.expr {
                EntryExpr::MapEntry(entry) => {
                    self.visit(&mut entry.key)?;
                    self.visit(&mut entry.value)
                }
                EntryExpr::StructField(field) => self.visit(&mut field.value),
            }),
            Expr::Call(_) => self.call(node),
            Expr::Comprehension(comprehension) => self.comprehend(comprehension),
            Expr::Struct(named) => Err(Refusal::Name(named.type_name.clone())),
            Expr::Unspecified => Err(Refusal::Other {
                message: "the text is no expression".to_owned(),
                word: String::new(),
            }),
        }
    }

    /// A chain of names that starts at a variable.
    fn read(&mut self, node: &mut IdedExpr, chain: Vec<String>) -> Result<(), Refusal> {
        let root = chain.first().map(String::as_str).unwrap_or_default();
        if !self.names.contains(&root) {
            return Err(Refusal::Name(root.to_owned()));
        }
        if matches!(&node.expr, Expr::Select(select) if select.test) {
            node.expr = Expr::Ident(presence_name(self.presence.len()));
            self.presence.push(chain.clone());
        }
        self.reads.push(chain);
        Ok(())
    }

    fn comprehend(&mut self, inner: &mut ComprehensionExpr) -> Result<(), Refusal> {
        self.visit(&mut inner.iter_range)?;
        self.visit(&mut inner.accu_init)?;
        self.loops += 1;
        if self.loops > MAX_LOOPS {
            let message = format!("more than {MAX_LOOPS} loops stand in each other");
            return Err(Refusal::Other { message, word: inner.iter_var.clone() });
        }
        let before = self.bound.len();
        self.bound.push(inner.iter_var.clone());
        self.bound.extend(inner.iter_var2.clone());
        self.bound.push(inner.accu_var.clone());
        self.visit(&mut inner.loop_cond)?;
        self.visit(&mut inner.loop_step)?;
        self.loops -= 1;
        self.visit(&mut inner.result)?;
        self.bound.truncate(before);
        Ok(())
    }

    fn call(&mut self, node: &mut IdedExpr) -> Result<(), Refusal> {
        let Expr::Call(call) = &mut node.expr else { return Ok(()) };
        let name = call.func_name.as_str();
        let known = name.starts_with(['_', '!', '-', '@']) || FUNCTIONS.contains(&name);
        let method = call.target.is_some();
        if !known || (method && matches!(name, "p95" | "param" | "int" | "double" | "string")) {
            return Err(Refusal::Function(name.to_owned()));
        }
        if name == "param" {
            node.expr = self.parameter(call)?;
            return Ok(());
        }
        if name == "matches" {
            self.pattern(call)?;
        }
        if let Some(target) = &mut call.target {
            self.visit(target)?;
        }
        call.args.iter_mut().try_for_each(|argument| self.visit(argument))
    }

    fn parameter(&mut self, call: &CallExpr) -> Result<Expr, Refusal> {
        let [IdedExpr { expr: Expr::Literal(LiteralValue::String(name)), .. }] =
            call.args.as_slice()
        else {
            let message = "param takes the name of a parameter, written as text".to_owned();
            return Err(Refusal::Other { message, word: "param".to_owned() });
        };
        let name = name.inner().to_owned();
        let known = self.parameters.iter().position(|one| *one == name);
        let index = known.unwrap_or(self.parameters.len());
        if known.is_none() {
            self.parameters.push(name);
        }
        Ok(Expr::Ident(parameter_name(index)))
    }

    /// `text.matches("pattern")` becomes `@matches(text, 0)`.
    fn pattern(&mut self, call: &mut CallExpr) -> Result<(), Refusal> {
        let wrong = |message: &str| {
            let message = message.to_owned();
            Err(Refusal::Other { message, word: "matches".to_owned() })
        };
        let Some(Expr::Literal(LiteralValue::String(pattern))) =
            call.args.pop().map(|argument| argument.expr)
        else {
            return wrong("the pattern of matches is written as text");
        };
        let Ok(regex) = RegexBuilder::new(pattern.inner()).size_limit(MAX_PATTERN).build() else {
            return wrong("the pattern of matches is no regular expression");
        };
        let index = i64::try_from(self.patterns.len()).unwrap_or(i64::MAX);
        self.patterns.push(regex);
        call.args.extend(call.target.take().map(|target| *target));
        if call.args.len() != 1 {
            return wrong("matches takes a text and a pattern");
        }
        MATCHES.clone_into(&mut call.func_name);
        let index = Expr::Literal(LiteralValue::Int(index.into()));
        call.args.push(IdedExpr { id: 0, expr: index });
        Ok(())
    }
}

/// The variable that stands for a presence test.
pub(super) fn presence_name(index: usize) -> String {
    format!("@has{index}")
}

/// The variable that stands for a parameter.
pub(super) fn parameter_name(index: usize) -> String {
    format!("@param{index}")
}

/// The names along `a.b["c"]`; none where anything else is in it.
pub(super) fn chain(node: &IdedExpr) -> Option<Vec<String>> {
    match &node.expr {
        Expr::Ident(name) => Some(vec![name.clone()]),
        Expr::Select(SelectExpr { operand, field, .. }) => {
            let mut chain = chain(operand)?;
            chain.push(field.clone());
            Some(chain)
        }
        Expr::Call(call) if call.func_name == operators::INDEX => match call.args.as_slice() {
            [of, IdedExpr { expr: Expr::Literal(LiteralValue::String(key)), .. }] => {
                let mut chain = chain(of)?;
                chain.push(key.inner().to_owned());
                Some(chain)
            }
            _ => None,
        },
        Expr::Call(_)
        | Expr::Comprehension(_)
        | Expr::List(_)
        | Expr::Literal(_)
        | Expr::Map(_)
        | Expr::Struct(_)
        | Expr::Unspecified => None,
    }
}
