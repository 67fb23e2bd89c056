//! What an expression may cost at most, from the sizes of the lists that it would read.
//!
//! A step is one turn of a loop or one element of a list that an operator looks through; texts
//! cost nothing, since their size is bounded where they come from.

use std::collections::BTreeMap;

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr, ListExpr, operators};

use super::Fact;
use super::program::Program;
use super::rewrite::chain;

/// More steps than this are too many. One takes about two microseconds.
pub(super) const MOST: u64 = 100_000;

/// An upper bound of the steps that `program` takes over `names`.
pub(super) fn bound(program: &Program, names: &BTreeMap<String, Fact>) -> u64 {
    let largest = program
        .reads
        .iter()
        .filter_map(|chain| names.get(chain.first()?))
        .map(largest)
        .max()
        .unwrap_or(0);
    let unknown = if builds_lists(&program.tree) {
        largest.max(1).saturating_mul(program.nodes)
    } else {
        largest
    };
    let sizes = Sizes { names, unknown };
    sizes.steps(&program.tree, 1, &mut Vec::new())
}

/// Variables of the loops around, each with the size of the largest list that it may hold.
type Bound = Vec<(String, u64)>;

struct Sizes<'a> {
    names: &'a BTreeMap<String, Fact>,
    /// The size of a list of which nothing better is known.
    unknown: u64,
}

impl Sizes<'_> {
    /// Steps of `node` when it is evaluated `times` times.
    fn steps(&self, node: &IdedExpr, times: u64, bound: &mut Bound) -> u64 {
        match &node.expr {
            Expr::Literal(_) | Expr::Ident(_) | Expr::Struct(_) | Expr::Unspecified => 0,
            Expr::Select(select) => self.steps(&select.operand, times, bound),
            Expr::List(list) => sum(list.elements.iter().map(|one| self.steps(one, times, bound))),
            Expr::Map(map) => sum(map.entries.iter().map(|entry| match &entry.expr {
                EntryExpr::MapEntry(entry) => self
                    .steps(&entry.key, times, bound)
                    .saturating_add(self.steps(&entry.value, times, bound)),
                EntryExpr::StructField(field) => self.steps(&field.value, times, bound),
            })),
            Expr::Call(call) => self.call(call, times, bound),
            Expr::Comprehension(inner) => self.comprehension(inner, times, bound),
        }
    }

    fn call(&self, call: &CallExpr, times: u64, bound: &mut Bound) -> u64 {
        let looks_through = matches!(
            call.func_name.as_str(),
            operators::IN | operators::EQUALS | operators::NOT_EQUALS | operators::ADD | "p95"
        );
        let mut steps: u64 = 0;
        for argument in call.target.iter().map(|target| &**target).chain(&call.args) {
            steps = steps.saturating_add(self.steps(argument, times, bound));
            if looks_through && !is_accumulator(argument) {
                let size = self.size(argument, bound);
                steps = steps.saturating_add(times.saturating_mul(size));
            }
        }
        steps
    }

    fn comprehension(&self, inner: &ComprehensionExpr, times: u64, bound: &mut Bound) -> u64 {
        let turns = times.saturating_mul(self.size(&inner.iter_range, bound));
        let outside = self.steps(&inner.iter_range, times, bound).saturating_add(self.steps(
            &inner.accu_init,
            times,
            bound,
        ));
        let before = bound.len();
        let held = self.held(&inner.iter_range, bound);
        bound.push((inner.iter_var.clone(), held));
        bound.extend(inner.iter_var2.clone().map(|name| (name, held)));
        bound.push((inner.accu_var.clone(), self.unknown));
        let inside = self.steps(&inner.loop_cond, turns, bound).saturating_add(self.steps(
            &inner.loop_step,
            turns,
            bound,
        ));
        bound.truncate(before);
        turns.saturating_add(outside).saturating_add(inside)
    }

    /// How large the largest list inside the elements of a value is at most.
    fn held(&self, node: &IdedExpr, bound: &[(String, u64)]) -> u64 {
        if let Some(chain) = chain(node) {
            return match (variable(&chain, bound), self.fact(&chain)) {
                (Some(held), _) => held,
                (None, Some(Fact::List(items))) => items.iter().map(largest).max().unwrap_or(0),
                (None, _) => 0,
            };
        }
        let flat = |list: &ListExpr| list.elements.iter().all(is_literal);
        if matches!(&node.expr, Expr::List(list) if flat(list)) { 0 } else { self.unknown }
    }

    /// The fact at the end of a chain.
    fn fact(&self, chain: &[String]) -> Option<&Fact> {
        let (root, path) = chain.split_first()?;
        path.iter().try_fold(self.names.get(root)?, |fact, key| fact.get(key))
    }

    /// How many elements a value has at most; none for what is no list.
    fn size(&self, node: &IdedExpr, bound: &[(String, u64)]) -> u64 {
        if let Some(chain) = chain(node) {
            return match variable(&chain, bound) {
                Some(held) => held,
                None => self.fact(&chain).map_or(0, count),
            };
        }
        match &node.expr {
            Expr::List(list) => length(list.elements.len()),
            Expr::Map(map) => length(map.entries.len()),
            Expr::Comprehension(inner) => self.size(&inner.iter_range, bound),
            Expr::Call(call) => match call.func_name.as_str() {
                operators::ADD => sum(call.args.iter().map(|one| self.size(one, bound))),
                operators::CONDITIONAL => {
                    call.args.iter().map(|one| self.size(one, bound)).max().unwrap_or(0)
                }
                operators::INDEX => self.unknown,
                _ => 0,
            },
            Expr::Select(select) if !select.test => self.unknown,
            Expr::Select(_)
            | Expr::Ident(_)
            | Expr::Literal(_)
            | Expr::Struct(_)
            | Expr::Unspecified => 0,
        }
    }
}

/// Whether lists are written or joined in it, so that one may be larger than every list it reads.
fn builds_lists(node: &IdedExpr) -> bool {
    match &node.expr {
        Expr::List(list) => !list.elements.is_empty(),
        Expr::Call(call) => {
            let joins = call.func_name == operators::ADD;
            let collects = joins && call.args.first().is_some_and(is_accumulator);
            let builds = |list: &ListExpr| list.elements.iter().any(builds_lists);
            let collected = collects
                && call.args.iter().any(|one| matches!(&one.expr, Expr::List(one) if builds(one)));
            let parts = call.target.iter().map(|target| &**target).chain(&call.args);
            collected || (!collects && (joins || parts.into_iter().any(builds_lists)))
        }
        Expr::Comprehension(inner) => {
            [&inner.iter_range, &inner.loop_cond, &inner.loop_step].into_iter().any(builds_lists)
        }
        Expr::Select(select) => builds_lists(&select.operand),
        Expr::Map(map) => !map.entries.is_empty(),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Struct(_) | Expr::Unspecified => false,
    }
}

/// What the variable at the start of a chain holds at most, if a loop binds it.
fn variable(chain: &[String], bound: &[(String, u64)]) -> Option<u64> {
    let root = chain.first()?;
    bound.iter().rev().find(|(name, _)| name == root).map(|(_, held)| *held)
}

fn is_literal(node: &IdedExpr) -> bool {
    matches!(node.expr, Expr::Literal(_))
}

/// What a `map` or `filter` collects into, which is never copied.
fn is_accumulator(node: &IdedExpr) -> bool {
    matches!(&node.expr, Expr::Ident(name) if name.starts_with('@'))
}

fn largest(fact: &Fact) -> u64 {
    let inner = match fact {
        Fact::List(items) => items.iter().map(largest).max(),
        Fact::Map(entries) => entries.values().map(largest).max(),
        Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) | Fact::Text(_) => None,
    };
    inner.unwrap_or(0).max(count(fact))
}

fn count(fact: &Fact) -> u64 {
    match fact {
        Fact::List(items) => length(items.len()),
        Fact::Map(entries) => length(entries.len()),
        Fact::Null | Fact::Bool(_) | Fact::Int(_) | Fact::Float(_) | Fact::Text(_) => 0,
    }
}

fn length(size: usize) -> u64 {
    u64::try_from(size).unwrap_or(u64::MAX)
}

fn sum(parts: impl Iterator<Item = u64>) -> u64 {
    parts.fold(0, u64::saturating_add)
}
