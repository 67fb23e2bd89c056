//! Mutated texts of every format: reading never panics, every span covers whole characters of the
//! text, and no message quotes it. `GOLIVE_FUZZ_SECONDS=60 cargo test --test fuzz` runs longer.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "all of this file is a test")]

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use golive::document::{Format, IssueKind, Node, Parsed, Value, parse, references};
use golive::source::Span;

/// How many inputs each format gets in a usual run.
const INPUTS: usize = 6000;
/// What stands in the seeds where a secret would.
const CANARY: &str = "Zq7xW2";

const SEEDS: [(Format, &[&str]); 4] = [
    (
        Format::Dotenv,
        &[
            "\u{feff}# é\r\nexport A='ü Zq7xW2' # c\r\nB=\"x\\n\\$y ${A:-Zq7xW2}\"\r\nC: z#\n",
            "A=`b\nZq7xW2`\nA=\nPASSED\nno sense Zq7xW2\nD=\"open\nE=$F${G-é}${h.i-j:Zq7xW2}\n",
            "K=-----BEGIN X-----\nZq7xW2=\n-----END X-----\n",
        ],
    ),
    (
        Format::Yaml,
        &[
            "\u{feff}é: &a 'ä Zq7xW2'\r\nb: {<<: *m, k: [no, 0755, ~]}\r\nc: |\r\n  x\r\n  y\r\n",
            "a: &a {x: 1, é: 2}\nb: &b\n  <<: [*a, {z: Zq7xW2}]\n  x: *a\n---\nd: [\n---\ne: >-\n  f\n  g\n",
            "? [a, b]\n: !Ref \"c\\u00e9Zq7xW2\"\nd: !!int 12\nd: *none\ne: {{ .Values.x }}\n- f\n",
            "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n%YAML 1.2\n...\n# c\n",
        ],
    ),
    (
        Format::Json,
        &[
            "\u{feff}{\"é\": \"\\u00e9Zq7xW2\", // c\r\n \"l\": [1, -2.50, 1e999, null, true,], \"l\": {}}",
            "/* é */ [\"${A:-Zq7xW2}\", {\"a\": {\"b\": [[[]]]}}, 99999999999999999999, \"\\ud83d\\ude00\"]",
        ],
    ),
    (
        Format::Toml,
        &[
            "\u{feff}# é\r\n\"é\" = 'ä Zq7xW2'\r\na.b = 1_000\r\n[t.u]\r\nw = 2026-11-23T10:00:00Z\r\n",
            "s = \"\"\"\nx\\\n  ${A:-Zq7xW2}é\"\"\"\nl = '''y'''\n[[r]]\nx = 0xff\n[[r]]\ny = {z = [1, 2.5, inf]}\n",
        ],
    ),
];

const TOKENS: [&str; 44] = [
    "&a ",
    "*a",
    "<<: *a",
    "---\n",
    "...\n",
    "? ",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "`",
    "|\n",
    ">\n  ",
    "#",
    "%YAML 1.2\n",
    "!!int ",
    "!x ",
    "\t",
    "\r\n",
    "\r",
    "\u{feff}",
    "é",
    "日",
    "\u{0}",
    "\u{1b}",
    "\\u",
    "\\",
    "=",
    "$",
    "${",
    ":-",
    "{{",
    "0x",
    "\n  ",
    ",",
    "//",
    "/*",
    ".",
    "\"\"\"",
    "Zq7xW2",
];

/// Marsaglia's xorshift, so that a seed always gives the same inputs.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from(self.next() % end).unwrap()
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

fn mutate(random: &mut Random, seeds: &[&str]) -> String {
    let mut text: Vec<char> = random.pick(seeds).chars().collect();
    for _ in 0..=random.below(6) {
        let at = random.below(text.len() + 1);
        let until = (at + random.below(8)).min(text.len());
        match random.below(4) {
            0 => drop(text.splice(at..at, random.pick(&TOKENS).chars())),
            1 => drop(text.drain(at..until)),
            2 => {
                let other: Vec<char> = random.pick(seeds).chars().collect();
                let from = random.below(other.len() + 1);
                let to = (from + random.below(20)).min(other.len());
                text.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                let code = u32::try_from(random.below(0x250)).unwrap();
                text.splice(at..until, char::from_u32(code));
            }
        }
    }
    text.into_iter().collect()
}

fn judge(text: &str, parsed: &Parsed) {
    let fits = |span: Span| {
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?}");
    };
    for pair in parsed.issues.windows(2) {
        assert!(pair[0].span <= pair[1].span, "issues are out of order");
    }
    for issue in &parsed.issues {
        fits(issue.span);
        assert!(!issue.message.contains(CANARY), "{}", issue.message);
        if let IssueKind::DuplicateKey { first } = issue.kind {
            fits(first);
        }
    }
    for document in &parsed.documents {
        judge_node(text, &document.root, 0, &fits);
    }
}

fn judge_node(text: &str, node: &Node, depth: usize, fits: &dyn Fn(Span)) {
    assert!(depth <= 101, "too deep");
    fits(node.span);
    fits(node.inner(text));
    node.via.iter().copied().for_each(fits);
    node.scalar_text(text);
    if let Value::Text { text: decoded, .. } = &node.value {
        for reference in references(decoded) {
            assert!(reference.span.of(decoded).starts_with('$'));
            if let Some(place) = reference.default.and_then(|part| node.part(text, part)) {
                fits(place);
                assert_eq!(place.of(text), reference.default.unwrap().of(decoded));
            }
        }
    }
    for item in node.items() {
        judge_node(text, item, depth + 1, fits);
    }
    for entry in node.entries() {
        fits(entry.key.span);
        judge_node(text, &entry.node, depth + 1, fits);
    }
}

#[expect(clippy::disallowed_methods, reason = "a longer run is asked for from outside")]
fn asked_seconds() -> Option<u64> {
    std::env::var("GOLIVE_FUZZ_SECONDS").ok()?.parse().ok()
}

#[test]
fn no_text_breaks_a_reader() {
    let time = asked_seconds().map(|seconds| Duration::from_secs(seconds) / 4);
    for (format, seeds) in SEEDS {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        let start = Instant::now();
        let mut slowest = Duration::ZERO;
        let mut done = 0;
        while time.map_or(done < INPUTS, |time| start.elapsed() < time) {
            let text = mutate(&mut random, seeds);
            let before = Instant::now();
            let read = catch_unwind(|| judge(&text, &parse(format, &text)));
            assert!(read.is_ok(), "{format:?} breaks on {text:?}");
            slowest = slowest.max(before.elapsed());
            done += 1;
        }
        println!("{format:?}: {done} texts, slowest {slowest:?}");
        assert!(slowest < Duration::from_secs(1), "{format:?} takes {slowest:?} for one text");
    }
}

/// Doubling a hostile text may not do much more than double the time.
#[test]
fn reading_takes_time_in_proportion() {
    let repeated: [(Format, &str); 12] = [
        (Format::Dotenv, "A='\\'x\n"),
        (Format::Dotenv, "A=\"\\\""),
        (Format::Dotenv, "A=\"\nB=`\nC='\n"),
        (Format::Dotenv, "A=-----BEGIN \n"),
        (Format::Dotenv, "A=b # c # d #\n"),
        (Format::Yaml, "- &a {x: 1}\n- {<<: *a, x: no}\n"),
        (Format::Yaml, "---\na: [\n"),
        (Format::Yaml, "[ "),
        (Format::Json, "[\"\\u00e9\", "),
        (Format::Json, "//\n"),
        (Format::Toml, "a.b.c = \"\\q\"\n"),
        (Format::Toml, "[[a.b]]\n"),
    ];
    for (format, piece) in repeated {
        let time = |length: usize| {
            let text = piece.repeat(length / piece.len());
            let start = Instant::now();
            judge(&text, &parse(format, &text));
            start.elapsed()
        };
        time(1000);
        let (short, long) = (time(20_000), time(160_000));
        assert!(long < short * 40 + Duration::from_millis(50), "{piece:?}: {short:?}, {long:?}");
    }
}
