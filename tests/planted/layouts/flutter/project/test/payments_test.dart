import 'package:flutter_test/flutter_test.dart';

void main() {
  test('test keys say so', () {
    const publicKey = 'FLWPUBK_TEST-0000000000-X';
    expect(publicKey.contains('_TEST'), isTrue);
  });
}
