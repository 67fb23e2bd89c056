//! Mutated texts of every format: reading never panics, every span covers whole characters of the
//! text, and no message quotes it. `GOLIVE_FUZZ_SECONDS=60 cargo test --test fuzz` runs longer.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "all of this file is a test")]

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use golive::document::{Format, IssueKind, Language, Node, Parsed, Value, parse, references};
use golive::source::Span;

/// How many inputs each format gets in a usual run.
const INPUTS: usize = 6000;
/// What stands in the seeds where a secret would.
const CANARY: &str = "Zq7xW2";

const SEEDS: [(Format, &[&str]); 25] = [
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
    (
        Format::Properties,
        &[
            "\u{feff}# é\r\na.b = Zq7xW2\\\r\n  ü\r\n! c\r\nc\\ d: \\u00e9\\ud83d\\ude00 ${A:Zq7xW2}\r\n",
            "a=1\n#---\nspring.x y\na=\\u00\nb\\\n\n c=\\\\\n",
        ],
    ),
    (
        Format::Ini,
        &[
            "\u{feff}; é\r\ntop = 1\r\n[é x]\r\nk = 'Zq7xW2' ; c\r\n  more\r\nk: \"a #b\"\r\nflag\r\n",
            "[a]\n\tb = ${A:-Zq7xW2}\n\tc=d\n[open\nno sense Zq7xW2\n[a]\nb = `x`\n",
        ],
    ),
    (
        Format::Pairs,
        &[
            "# é\nstripe {\n key = \"Zq7xW2\" // c\n deep = {\n  a = b }\n }\n}\na.b: c;\nl = [\n \"x\"\n]\n",
            "[mysqld]\nskip\nport = 1\n\"é\" = 'Zq7xW2\n",
        ],
    ),
    (
        Format::Xcconfig,
        &[
            "#include \"é\"\r\nA = https:/$()/$(B)/Zq7xW2 // c\r\nK[sdk=x*][a=b] = $(C:d);\r\nE =\r\n",
        ],
    ),
    (
        Format::Xml,
        &[
            "\u{feff}<?xml version=\"1.0\"?><resources><string name=\"é\">Zq7xW2 &amp; \\'x</string>\r\n<string-array name='l'><item><![CDATA[ü]]></item></string-array></resources>",
            "<!DOCTYPE plist PUBLIC \"a\" \"b\"><plist><dict><key>é</key><string>$(A)</string><key>b</key><true/><key>c</key><array><integer>5</integer><string/></array></dict></plist>",
            "<configuration xmlns:x='y'><add key=\"k\" value='Zq7xW2'/><!-- é --><setting name='s'><value>v</value></setting><x:a x:b='1'>t<c/><c>é</c></x:a></configuration>",
            "<project><profiles><profile><id>p</id><properties><a.b>c</a.b></properties></profile></profiles></project>",
        ],
    ),
    (
        Format::PerhapsXml,
        &["<configuration><add name=\"é\" connectionString=\"Zq7xW2\"/></configuration>"],
    ),
    (
        Format::Hcl,
        &[
            "\u{feff}# é\r\nvariable \"k\" {\r\n  default = \"Zq7xW2\"\r\n}\r\nlocals { a = \"x-${var.b}-${f(1)}\" }\r\nl = [1, -2.5, null, true]\r\n",
            "resource \"a\" \"é\" {\n  env {\n    n = 1\n  }\n  env {}\n  o = { k = \"v\", \"l\" : (x) }\n}\nh = <<-EOT\n  é ${local.x}\n  EOT\nc = a ? \"b\" : \"Zq7xW2\"\n",
        ],
    ),
    (
        Format::Dockerfile,
        &[
            "\u{feff}# escape=`\r\nFROM x\r\nARG K=v\r\nENV K=$K A=\"é Zq7xW2\" `\r\n # c\r\n B='x'y\r\n",
            "ENV L some é words\nRUN a \\\n ENV=b\nenv C=a\\ b D=${E:-Zq7xW2}\nARG N\n",
        ],
    ),
    (
        Format::Shell,
        &[
            "#!/bin/sh\r\n# é\r\nexport A=\"Zq7xW2 $x\" B='é'\r\nC=$(f \"$(g)\") && D=`h`; E=${F:-Zq7xW2}\r\n",
            "readonly -x A=x'y'\"z\"\nB=(a b)\nC=$1\nif x; then\n\tD=\"a\\\n b\nc\"\nfi\nE=\"open\nF=$(open\n",
        ],
    ),
    (
        Format::Source(Language::JavaScript),
        &[
            "\u{feff}// é\r\nconst a = { 'b-c': \"Zq7xW2\", d: [1, 'é', false] };\r\nx.y['z'] = process.env.A || 'Zq7xW2';\r\nf(`${g}/${process.env.H ?? 'i'}`)(\"j\", { k: 'l' });",
            "class P { static k = 'v'; m() { this.n = /['\"]/g } }\nconst e = env === 'prod' ? 'a' : { b: 'c' }\nconst j = <A b=\"c\" d={{ e: 'f' }}>it's</A>\ntype T = 'a' | 'b'\nexport default { a() { return 'x' } }\n",
        ],
    ),
    (
        Format::Source(Language::Component),
        &[
            "<template>it's</template><script lang=\"ts\">const é = 'Zq7xW2'</script><script>a = b",
            "<script>",
        ],
    ),
    (
        Format::Source(Language::Python),
        &[
            "\"\"\"é\"\"\"\nclass P(B):\n    K = os.environ.get(\"A\", 'Zq7xW2')\n    def f(self, a='b'):\n        self.x = f\"{y}/{{z}}\" if e == 'p' else rb'q\\n'\nD = {'a': {\"b\": [True, -1.5]}}\n",
            "a, b = 'c', 'd'\nM = ('e'\n  'f')\nX: str = config('Y', default='z') or \"w\"\nf(a=\"b\", *c)\n",
        ],
    ),
    (
        Format::Source(Language::Ruby),
        &[
            "# é\n=begin\nx\n=end\nclass P < B\n  K = \"a#{b}\".freeze\n  def f; @x = 'y' if z; end\nend\npod 'S', '~> 5', :git => \"g\"\nW = %w[a b]\n",
            "c.a = ENV.fetch('K') { \"Zq7xW2\" }\nT = <<~EOS\n  é\nEOS\nconfigure :production do\n  set :k, 'v'\nend\nL = x.nil? ? 'p' : :q\n",
        ],
    ),
    (
        Format::Source(Language::Php),
        &[
            "<p>é</p><?php\n# c\nreturn ['a' => ['b' => env('C', 'Zq7xW2')], 'd' => array('e', \"f\")];\ndefine('K', 'v'); $x = getenv('X') ?: 'y'; $t = \"é $h {$a['b']}\" . $s;\n?>",
            "<?php $h = <<<'EOT'\nx\nEOT;\n\\A\\B::c('d'); putenv(\"A=b\"); class P { const K = 'v'; }\n",
        ],
    ),
    (
        Format::Source(Language::Java),
        &[
            "class A { @Value(\"${a.b:Zq7xW2}\") private String k; static final String É = \"\\u00e9\"; Map<String, A> m = Map.of(\"a\", \"b\"); int[] l = { 1, 2L }; void f() { x.put(\"k\", 'v'); } }",
        ],
    ),
    (
        Format::Source(Language::Kotlin),
        &[
            "object C { const val K: String = \"é\"; val u = System.getenv(\"U\") ?: \"Zq7xW2\"; val m = mapOf(\"a\" to \"$b/${c.d}\") }\ncreate(\"x\") { buildConfigField(\"String\", \"K\", \"\\\"v\\\"\") }\nval r = \"\"\"a\"\"\"\n",
        ],
    ),
    (
        Format::Source(Language::Groovy),
        &[
            "android {\n  release {\n    buildConfigField 'String', 'K', '\"Zq7xW2\"'\n    m = [a: \"é\", 'b': ''' c ''']\n    on true\n  }\n}\n",
        ],
    ),
    (
        Format::Source(Language::Swift),
        &[
            "enum E: String { case p = \"é\" }\nlet d: [String: Any] = [\"a\": [\"b\": \"\\(c)\"]]\nlet u = URL(string: #\"Zq7xW2\"#)!\nlet e = x.environment[\"K\"] ?? \"d\" /* /* */ */\n",
        ],
    ),
    (
        Format::Source(Language::Dart),
        &[
            "class C { static const k = r'é'; String? n = \"\"\"Zq7xW2\"\"\"; final m = {'a': {'b': '$c ${d.e}'}}; String get g => 'h'; f() => F()..k = 'v'; }",
        ],
    ),
    (
        Format::Source(Language::Go),
        &[
            "const (\n\tA = \"é\"\n\tB string = `Zq7xW2`\n)\nvar c = &C{K: \"v\", L: []string{\"x\"}, M: map[string]string{\"a\": \"b\"}}\nfunc f() {\n\te := getEnv(\"E\", \"d\")\n\tx, y := 'a', \"b\"\n}\n",
        ],
    ),
    (
        Format::Source(Language::CSharp),
        &[
            "#region é\nclass C { public string U { get; set; } = \"u\"; D d = new D { { \"a\", @\"b\"\"c\" } }; var o = new O { K = $\"{h}/Zq7xW2\" }; string e = Environment.GetEnvironmentVariable(\"E\") ?? \"d\"; }",
        ],
    ),
];

const TOKENS: [&str; 90] = [
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
    "<a>",
    "</a>",
    "<a b=\"c\"/>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&#65;",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "$(",
    ")",
    "(",
    "<<EOT\n",
    "EOT\n",
    "\\\n",
    ";",
    "!",
    "*/",
    "export ",
    "ENV ",
    " = ",
    "[a]\n",
    "=> ",
    "?? ",
    "|| ",
    " ? ",
    "?.",
    "::",
    "f(",
    "a.b",
    "class A ",
    "env",
    "#{",
    "\\(",
    "f\"",
    "@\"",
    "%w(",
    "<<~A\n",
    "A\n",
    "<?php ",
    "?>",
    "<script>",
    "'''",
    " do\n",
    ":a ",
    "-1",
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
    let count = u32::try_from(SEEDS.len()).unwrap();
    let time = asked_seconds().map(|seconds| Duration::from_secs(seconds) / count);
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
    let repeated: [(Format, &str); 80] = [
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
        (Format::Properties, "a=b\\\n"),
        (Format::Properties, "\\u00e9 = \\ud83d\n"),
        (Format::Ini, "[a]\nb=\"c\n"),
        (Format::Ini, "a = '\n  #\n  b\n"),
        (Format::Ini, "[a"),
        (Format::Ini, "a = b ; # '"),
        (Format::Pairs, "a {\n b = c\n"),
        (Format::Pairs, "a = b # c // d "),
        (Format::Xcconfig, "A[b=c] = $(D $("),
        (Format::Xml, "<a>"),
        (Format::Xml, "<a b='c'/>"),
        (Format::Xml, "<!-- -->"),
        (Format::Xml, "&amp;"),
        (Format::Hcl, "a \"b\" {}\n"),
        (Format::Hcl, "a = \"${var.b}\"\n"),
        (Format::Hcl, "a = {\n"),
        (Format::Hcl, "\"/*"),
        (Format::Dockerfile, "ENV A=\"b \\\n"),
        (Format::Dockerfile, "ARG A=1\nENV A=$A B${C\n"),
        (Format::Shell, "A=\"$(b "),
        (Format::Shell, "A=`${b"),
        (Format::Shell, "A=${b:-${c}\n"),
        (Format::Shell, "A='b\n"),
        (Format::Source(Language::JavaScript), "a.b={c:'d',e:[1,\"f\"]};"),
        (Format::Source(Language::JavaScript), "'"),
        (Format::Source(Language::JavaScript), "`"),
        (Format::Source(Language::JavaScript), "/"),
        (Format::Source(Language::JavaScript), "/["),
        (Format::Source(Language::JavaScript), "<a "),
        (Format::Source(Language::JavaScript), "`${"),
        (Format::Source(Language::JavaScript), "`${env "),
        (Format::Source(Language::JavaScript), "'\\'"),
        (Format::Source(Language::JavaScript), "a?b:"),
        (Format::Source(Language::JavaScript), "x=a?b:"),
        (Format::Source(Language::JavaScript), "a."),
        (Format::Source(Language::JavaScript), "a.b("),
        (Format::Source(Language::JavaScript), "]"),
        (Format::Source(Language::JavaScript), "{{{{{{{{]"),
        (Format::Source(Language::JavaScript), "x='a'+"),
        (Format::Source(Language::JavaScript), "f('a','b')."),
        (Format::Source(Language::JavaScript), "process.env.A||"),
        (Format::Source(Language::JavaScript), "a<"),
        (Format::Source(Language::JavaScript), "/*"),
        (Format::Source(Language::JavaScript), "{a:"),
        (Format::Source(Language::JavaScript), "x={a:1},"),
        (Format::Source(Language::Component), "<script>"),
        (Format::Source(Language::Component), "<script"),
        (Format::Source(Language::Python), "f\"{"),
        (Format::Source(Language::Python), "f\"{env} "),
        (Format::Source(Language::Python), "\"\"\""),
        (Format::Source(Language::Python), "class A:\n "),
        (Format::Source(Language::Python), "x = y if z else "),
        (Format::Source(Language::Ruby), "<<A "),
        (Format::Source(Language::Ruby), "<<A <<B\nA\nB\n"),
        (Format::Source(Language::Ruby), "%w("),
        (Format::Source(Language::Ruby), "class A\n"),
        (Format::Source(Language::Ruby), "a :b do "),
        (Format::Source(Language::Ruby), "\"#{"),
        (Format::Source(Language::Ruby), "=begin\n"),
        (Format::Source(Language::Php), "?><?"),
        (Format::Source(Language::Php), "<?<<<A\n"),
        (Format::Source(Language::Php), "<?'\\'"),
        (Format::Source(Language::Kotlin), "\"$a "),
        (Format::Source(Language::Kotlin), "/* /*"),
        (Format::Source(Language::Kotlin), "a {"),
        (Format::Source(Language::CSharp), "@\""),
        (Format::Source(Language::CSharp), "new A {"),
        (Format::Source(Language::Swift), "\"\\("),
    ];
    for (format, piece) in repeated {
        let time = |length: usize| {
            let text = piece.repeat(length / piece.len());
            let start = Instant::now();
            judge(&text, &parse(format, &text));
            start.elapsed()
        };
        time(1000);
        // a busy machine may well stop one run for a while, but not three
        let holds = || time(160_000) < time(20_000) * 40 + Duration::from_millis(50);
        assert!((0..3).any(|_| holds()), "{format:?} {piece:?}: {:?}", time(160_000));
    }
}
