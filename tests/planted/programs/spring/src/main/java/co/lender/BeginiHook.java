package co.lender;

@RestController
class BeginiHook {
    @PostMapping("/begini")
    ResponseEntity<Void> received(@RequestBody byte[] body, @RequestHeader("X-Signature") String signature) {
        byte[] expected = hmac("HmacSHA512", key, body);
        if (!MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature))) {
            return ResponseEntity.status(401).build();
        }
        // a repeated event meets the unique key of the table
        if (events.insertIfAbsent(digest(body)) && "psychometric_score.complete".equals(type(body))) {
            scores.store(body);
        }
        return ResponseEntity.ok().build();
    }
}
