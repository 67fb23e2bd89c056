//! A text without its comments: what a program does, and not what is said about it.

use super::{Format, script};
use crate::source::Span;

/// The text with blanks in the place of comments, byte by byte: every place stays what it was.
pub fn without_comments(format: Format, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in comments(format, text) {
        for byte in bytes.get_mut(span.range()).unwrap_or_default() {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn comments(format: Format, text: &str) -> Vec<Span> {
    match format {
        Format::Source(language) => script::comments(language, text),
        Format::Xml | Format::PerhapsXml => of_pages(text, 0, text.len()),
        Format::Xcconfig | Format::Json => whole_lines(text, &["//"]),
        Format::Dotenv
        | Format::Yaml
        | Format::Toml
        | Format::Properties
        | Format::Ini
        | Format::Pairs
        | Format::Hcl
        | Format::Dockerfile
        | Format::Shell => whole_lines(text, &["#", ";", "!"]),
    }
}

/// `<!-- -->` between two bytes. What nothing closes is a comment to the end.
pub(super) fn of_pages(text: &str, from: usize, until: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(start) = text.get(at..until).and_then(|rest| rest.find("<!--")) {
        let start = at + start;
        let end = text.get(start..until).and_then(|rest| rest.find("-->"));
        let end = end.map_or(until, |length| start + length + 3);
        found.push(Span::new(start, end));
        at = end;
    }
    found
}

/// Lines that hold nothing else: behind a value, a mark may be part of it.
fn whole_lines(text: &str, marks: &[&str]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if marks.iter().any(|mark| line.trim_start().starts_with(mark)) {
            found.push(Span::new(at, at + line.len()));
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(path: &str, text: &str) -> String {
        let told = without_comments(Format::of_path(path).unwrap(), text);
        assert_eq!(told.len(), text.len(), "{path}");
        let blanks = told.split_whitespace().collect::<Vec<_>>();
        blanks.join(" ")
    }

    #[test]
    fn comments_go_and_texts_stay_in_every_language() {
        for (path, text, left) in [
            (
                "a.ts",
                "// é uid\nconst a = \"// b\"; /* c\n d */ f(/e/)",
                "const a = \"// b\"; f(/e/)",
            ),
            (
                "a.py",
                "\"\"\"doc\"\"\"\ndef f():\n    '''doc'''\n    return '# no' # yes\n",
                "def f(): return '# no'",
            ),
            ("a.py", "x = f(\n    \"\"\"kept\"\"\")", "x = f( \"\"\"kept\"\"\")"),
            ("a.rb", "a = '#' # c\n=begin\nx\n=end\n", "a = '#'"),
            ("a.php", "<p><?php # c\n$a = '//'; // d\n?></p>", "<p><?php $a = '//'; ?></p>"),
            ("A.kt", "/* a /* b */ c */ val d: List<String> = e // f", "val d: List<String> = e"),
            (
                "a.swift",
                "#if DEBUG\nlet a = \"/*\" // b\n#endif",
                "#if DEBUG let a = \"/*\" #endif",
            ),
            ("a.dart", "/// doc\nfinal a = 'b'; // c", "final a = 'b';"),
            ("a.go", "a := `// b` // c", "a := `// b`"),
            ("A.cs", "// a\nvar b = @\"// c\";", "var b = @\"// c\";"),
            (
                "a.vue",
                "<!-- a --><p>b</p><script>\n// c\nd()\n</script>",
                "<p>b</p><script> d() </script>",
            ),
            ("a.xml", "<a><!-- b\n c --></a>", "<a> </a>"),
            ("a.yaml", "# a\nb: c # d\n", "b: c # d"),
        ] {
            assert_eq!(without(path, text), left, "{path}");
        }
    }

    #[test]
    fn what_nothing_closes_ends_with_the_text() {
        assert_eq!(without("a.ts", "a /* b"), "a");
        assert_eq!(without("a.xml", "<a/><!-- b"), "<a/>");
        assert_eq!(without("a.vue", "<!-- b"), "");
    }
}
