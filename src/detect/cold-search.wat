;; Whether any of many byte strings stands in a text, before V8 has compiled anything: the machine code of this is made at
;; once, while the search for hot code (literal-search.ts) is interpreted for its first hundred thousand bytes.
;;
;; Every place is looked at. The four bytes that stand there choose a list of literals, by the hash of their windows; a
;; list is empty nearly always.
;;
;; Memory, in bytes (cold-search.ts fills it):
;;   0       lists: for each hash where its first entry stands, 16 bits; 0: none
;;   32768   entries of 8 bytes: where the literal stands, 16 bits; its length; where in it its window stands; where the
;;           next entry of the list stands, 16 bits; 2 bytes unused
;;   then    the literals
;;   65536   the text
(module
  ;; Room for 4 MB of text. What is not written to takes no memory.
  (memory (export "memory") 65)

  ;; Where the list of the four bytes at $at begins: Fibonacci hashing to 14 bits.
  (func $list (param $at i32) (result i32)
    (i32.shl
      (i32.shr_u (i32.mul (i32.load (local.get $at)) (i32.const 0x9e3779b1)) (i32.const 18))
      (i32.const 1)))

  ;; Puts every entry from $entry to $end into its list.
  (func (export "index") (param $entry i32) (param $end i32) (local $list i32)
    (loop $each
      (if (i32.eq (local.get $entry) (local.get $end)) (then (return)))
      (local.set $list
        (call $list (i32.add (i32.load16_u (local.get $entry)) (i32.load8_u offset=3 (local.get $entry)))))
      (i32.store16 offset=4 (local.get $entry) (i32.load16_u (local.get $list)))
      (i32.store16 (local.get $list) (local.get $entry))
      (local.set $entry (i32.add (local.get $entry) (i32.const 8)))
      (br $each)))

  ;; Whether $length bytes at $one and at $other are the same.
  (func $same (param $one i32) (param $other i32) (param $length i32) (result i32)
    (loop $each
      (if (i32.eqz (local.get $length)) (then (return (i32.const 1))))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br_if $each
        (i32.eq
          (i32.load8_u (i32.add (local.get $one) (local.get $length)))
          (i32.load8_u (i32.add (local.get $other) (local.get $length))))))
    (i32.const 0))

  ;; Whether a literal whose window stands at $at lies within [$from, $to).
  (func $stands (param $at i32) (param $from i32) (param $to i32) (result i32)
    (local $entry i32) (local $start i32) (local $length i32)
    (local.set $entry (i32.load16_u (call $list (local.get $at))))
    (block $none
      (loop $each
        (br_if $none (i32.eqz (local.get $entry)))
        (local.set $start (i32.sub (local.get $at) (i32.load8_u offset=3 (local.get $entry))))
        (local.set $length (i32.load8_u offset=2 (local.get $entry)))
        (if
          (i32.and
            (i32.ge_u (local.get $start) (local.get $from))
            (i32.le_u (i32.add (local.get $start) (local.get $length)) (local.get $to)))
          (then
            (if (call $same (local.get $start) (i32.load16_u (local.get $entry)) (local.get $length))
              (then (return (i32.const 1))))))
        (local.set $entry (i32.load16_u offset=4 (local.get $entry)))
        (br $each)))
    (i32.const 0))

  ;; Whether a literal lies within [$from, $to), both addresses in memory.
  (func (export "holds") (param $from i32) (param $to i32) (result i32) (local $at i32)
    (local.set $at (local.get $from))
    (block $end
      (loop $each
        (br_if $end (i32.gt_u (i32.add (local.get $at) (i32.const 4)) (local.get $to)))
        ;; As $list says: a call for each byte would be felt.
        (if
          (i32.load16_u
            (i32.shl
              (i32.shr_u (i32.mul (i32.load (local.get $at)) (i32.const 0x9e3779b1)) (i32.const 18))
              (i32.const 1)))
          (then
            (if (call $stands (local.get $at) (local.get $from) (local.get $to))
              (then (return (i32.const 1))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each)))
    (i32.const 0)))
