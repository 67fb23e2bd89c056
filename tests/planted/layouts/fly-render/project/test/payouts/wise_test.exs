defmodule Payouts.WiseTest do
  use ExUnit.Case

  @url "https://api.sandbox.transferwise.tech"

  test "tests use the sandbox" do
    assert String.contains?(@url, "sandbox")
  end
end
