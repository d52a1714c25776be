#!/bin/sh
# Plain curl against `npm run cloud`: encrypts and decrypts with an external key, signed by version 1.0 (HMAC-SHA1) with openssl.
# KMS, ACCESS_KEY_ID and ACCESS_KEY_SECRET are what `npm run cloud` printed.
set -eu
: "${KMS:=http://127.0.0.1:4180}" "${ACCESS_KEY_ID:?}" "${ACCESS_KEY_SECRET:?}"

# Percent-encodes everything but letters, digits and -_.~, byte by byte.
encode() {
  printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g' | tr a-f A-F |
    sed 's/%2D/-/g;s/%2E/./g;s/%5F/_/g;s/%7E/~/g' |
    awk '{ for (b = 48; b < 123; b++) if (b < 58 || (b > 64 && b < 91) || b > 96) gsub(sprintf("%%%02X", b), sprintf("%c", b)); printf "%s", $0 }'
}

# call ACTION [NAME VALUE]...
call() {
  action=$1 && shift
  query=$(
    {
      while [ $# -gt 0 ]; do printf '%s=%s\n' "$1" "$(encode "$2")" && shift 2; done
      printf '%s\n' "Action=$action" Version=2016-01-20 Format=JSON "AccessKeyId=$ACCESS_KEY_ID" \
        SignatureMethod=HMAC-SHA1 SignatureVersion=1.0 "SignatureNonce=$(openssl rand -hex 16)" \
        "Timestamp=$(encode "$(date -u +%Y-%m-%dT%H:%M:%SZ)")"
    } | LC_ALL=C sort -t= -k1,1 | paste -sd '&' -
  )
  signature=$(printf %s "POST&%2F&$(encode "$query")" |
    openssl dgst -sha1 -hmac "$ACCESS_KEY_SECRET&" -binary | openssl base64 -A)
  # In the body: what is in an address may be kept in logs.
  curl -sS --fail-with-body "$KMS/" --data "$query&Signature=$(encode "$signature")"
}

field() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }

key=alias/orders/db
blob=$(call Encrypt KeyId "$key" Plaintext "$(printf hello | openssl base64 -A)" | field CiphertextBlob)
echo "$key $(call Decrypt CiphertextBlob "$blob" | field Plaintext | openssl base64 -d -A)"
