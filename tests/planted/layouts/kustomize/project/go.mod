module github.com/warungkita/payments

go 1.22

require github.com/midtrans/midtrans-go v1.3.8
