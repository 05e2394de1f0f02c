import hashlib, json, sys
prev, seq = "0" * 64, 0
for line in open(sys.argv[1], "rb"):
    hashed, tail = line[:-76], line[-76:]
    hash = hashlib.sha256(hashed).hexdigest()
    assert tail == b',"hash":"' + hash.encode() + b'"}\n', f"record {seq}: its bytes are not what was hashed"
    record = json.loads(line)
    assert (record["seq"], record["prev"]) == (seq, prev), f"record {seq}: it does not follow the one before"
    prev, seq = hash, seq + 1
print(f"{seq} records, the last hash is {prev}")
