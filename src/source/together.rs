//! Doing one thing to many, several at once.

use std::sync::atomic::{AtomicUsize, Ordering};

/// What `work` makes of each of `items`, in their order. Threads are started only where there are
/// at least `many`: fewer are done faster alone.
///
/// # Panics
/// Where `work` panics, as it does alone.
pub fn together<T: Sync, R: Send>(
    items: &[T],
    many: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if threads == 1 || items.len() < many {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        while let Some(at) = Some(next.fetch_add(1, Ordering::Relaxed))
            && let Some(item) = items.get(at)
        {
            done.push((at, work(item)));
        }
        done
    };
    let mut all: Vec<(usize, R)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(share)).collect();
        let mut all = share();
        for other in others {
            match other.join() {
                Ok(more) => all.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn what_is_made_stands_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let doubled: Vec<usize> = items.iter().map(|one| one * 2).collect();
        assert_eq!(together(&items, 1, |one| one * 2), doubled);
        assert_eq!(together(&items, usize::MAX, |one| one * 2), doubled);
        let none: [usize; 0] = [];
        assert!(together(&none, 0, |one| one * 2).is_empty());
    }
}
