//! JavaScript, TypeScript, components, PHP.

use super::*;

#[test]
fn objects_calls_and_assignments() {
    let text = "\u{feff}// const no = 'x'\r\n/* é: \"no\" */ const é = { production: { 'stripe-key': \"pk é\",\r\n \
                debug: false, port: 3000, list: ['a', `b`] } };\r\nconst s = require('stripe')('sk');\r\n\
                new Client(\"t\", { mode: 'live' });\r\nthis.a.b = 'c'; window['d'] = \"\\u00e9\\n\"; fetch('https://x');\r\n";
    let expected = [
        "2 é/production/stripe-key = pk é",
        "3 é/production/debug = false",
        "3 é/production/port = 3000",
        "3 é/production/list[0] = a",
        "3 é/production/list[1] = b",
        "4 s.stripe = sk",
        "5 Client[0] = t",
        "5 Client[1]/mode = live",
        "6 a.b = c",
        "6 d = é\n (\\u00e9\\n)",
        "6 fetch = https://x",
    ];
    assert_eq!(rows(Language::JavaScript, text), expected);
}

#[test]
fn defaults_and_choices() {
    let text = "a = process.env.A || 'x'\nb = import.meta.env.VITE_B ?? \"y\"\nc = process.env['C'] ||\n  'z'\n\
                d = `https://${process.env.D || 'h'}/${id}`\ne = process.env.NODE_ENV === 'production' ? 'l' : 't'\n\
                f = isProd ? { g: 'h' } : other\ni = process.env.I || process.env.J || 'k'\nm = opts.key || 'n'\n\
                o = Deno.env.get('O') ?? 'p'\nq = process.env.FLAG ? 'r' : null\n";
    let expected = [
        "1 a = ${A:-x} (x)",
        "2 b = ${VITE_B:-y} (y)",
        "4 c = ${C:-z} (z)",
        "5 d = https://${D:-h}/{{id}} (https://${process.env.D || 'h'}/${id})",
        "6 e.production = l",
        "6 e.else = t",
        "7 f.isProd/g = h",
        "8 i = ${I:-k} (k)",
        "9 m = ${opts.key:-n} (n)",
        "10 o = ${O:-p} (p)",
        "11 q.FLAG = r",
    ];
    assert_eq!(rows(Language::JavaScript, text), expected);
}

#[test]
fn classes_types_and_tags() {
    let text = "import x from 'no'; export * from \"no\";\ntype T = 'a' | 'b'\n  | 'c'\ninterface I { k: 'no' }\n\
                enum Url { Prod = 'https://p' }\nexport class Prod { static key = 'k'; private url?: string = 'u';\n\
                go() { return 'no' } }\nconst e: Env = { production: true } as const;\n\
                const el = <El stripeKey=\"pk\" options={{ 'client-id': 'ci' }} className=\"no\">Don't</El>;\n\
                const re = /[\"']\\//g, ok = 'ok'\nuseState<string>('s')\nlet y: 'a' | 'b' = 'a'\nfoo({ a() { this.z = 'w' } })\n";
    let expected = [
        "5 Url/Prod = https://p",
        "6 Prod/key = k",
        "6 Prod/url = u",
        "8 e/production = true",
        "9 stripeKey = pk",
        "9 options/client-id = ci",
        "10 ok = ok",
        "11 useState = s",
        "12 y = a",
        "13 foo/z = w",
    ];
    assert_eq!(rows(Language::JavaScript, text), expected);
}

#[test]
fn what_is_put_together_is_no_literal() {
    let text = "a = 'x' + b; c = b + 'x'; d = 'x'.repeat(3); e = f('x') + 'y'; g = tag`x`; h = 'x'\n  + b\n\
                [i, j] = ['x', 'y']; console.log('x'); throw new Error('x'); k = !'x'; l = 'm'.trim()";
    let found = rows(Language::JavaScript, text);
    assert_eq!(found, ["1 e.f = x", "3 l = m"]);
}

#[test]
fn scripts_of_components() {
    let text = "<template>\n<a key=\"no\">it's</a></template>\n<script setup lang=\"ts\">\nconst é = 'k'\n</script>\n\
                <style>a { b: \"no\" }</style><script>export default { data: { url: 'u' } }</script>";
    let expected = ["4 é = k", "6 data/url = u"];
    assert_eq!(rows(Language::Component, text), expected);
}

#[test]
fn php() {
    let text = "<p k='no'>é</p>\n<?php\n# 'a' => 'no'\nreturn [\n  'stripe' => ['é' => env('S', 'sk'), 'on' => true],\n\
                'n' => env('N'), 'l' => array('a', \"b\"),\n];\ndefine('K', 'v'); $c['a']['b'] = 'ab'; putenv(\"P=q\");\n\
                $x = getenv('X') ?: 'xd'; \\Stripe\\Stripe::setApiKey(\"sk\"); $s = \"a\" . $b; $t = \"https://$h/{$a['b']}\";\n\
                class Prod { const KEY = 'ck'; private string $url = 'it\\'s'; }\nnew Client(secret: 'ns', mode: 'live');\n\
                $h = <<<'EOT'\nx = \"no\"\nEOT;\n$z = $_ENV['Z'] ?? 'zd'; ?>\n<b q=\"no\"></b>";
    let expected = [
        "5 stripe/é = ${S:-sk} (sk)",
        "5 stripe/on = true",
        "6 n = ${N} (env('N'))",
        "6 l[0] = a",
        "6 l[1] = b",
        "8 K = v",
        "8 c.a.b = ab",
        "8 P = q",
        "9 x = ${X:-xd} (xd)",
        "9 Stripe.Stripe.setApiKey = sk",
        "9 t = https://{{h}}/{{...}} (https://$h/{$a['b']})",
        "10 Prod/KEY = ck",
        "10 Prod/url = it's (it\\'s)",
        "11 Client/secret = ns",
        "11 Client/mode = live",
        "13 h = x = \"no\"",
        "15 z = ${Z:-zd} (zd)",
    ];
    assert_eq!(rows(Language::Php, text), expected);
}
