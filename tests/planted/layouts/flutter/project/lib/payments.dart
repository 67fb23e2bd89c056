import 'package:flutter/material.dart';
import 'package:flutter_dotenv/flutter_dotenv.dart';
import 'package:flutterwave_standard/flutterwave.dart';

/// Charges a rider.
Future<void> charge(BuildContext context, String reference, bool isTestMode) async {
  final flutterwave = Flutterwave(
    context: context,
    publicKey: dotenv.env['FLUTTERWAVE_PUBLIC_KEY']!,
    currency: 'NGN',
    txRef: reference,
    isTestMode: isTestMode,
  );
  await flutterwave.charge();
}
