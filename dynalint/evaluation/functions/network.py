"""IP networks.

https://developer.hashicorp.com/terraform/language/functions, "IP Network Functions". Octets may have leading zeros,
and host bits of a prefix are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, fraction_of, of_texts, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import NUMBER, STRING, ListOf, Type
from dynalint.evaluation.values import Unknown, Value, identity_of, list_value, string, unknown, value_identity
from dynalint.records import dataclass

_OCTETS = re.compile(r"0*(\d{1,3})\.0*(\d{1,3})\.0*(\d{1,3})\.0*(\d{1,3})", re.ASCII)
_LENGTH = re.compile(r"\d{1,9}", re.ASCII)
_UINT64 = 2**64 - 1


@dataclass(frozen=True, slots=True)
class _Prefix:
    """An address as a number, how many of its first bits count, and how many it has."""

    address: int
    length: int
    bits: int

    def __str__(self) -> str:
        return f"{_address_text(self.address, self.bits)}/{self.length}"

    @property
    def is_mapped(self) -> bool:
        """An IPv4 address inside IPv6, which Terraform counts in two ways at once."""
        return self.bits == 128 and self.address >> 32 == 0xFFFF


def _address_text(address: int, bits: int) -> str:
    return str(IPv4Address(address) if bits == 32 else IPv6Address(address))


def _prefix(text: str, function: str) -> _Prefix:
    """A prefix without its host bits; EvaluationError where the text is none."""
    address, _, length_text = text.partition("/")
    number, bits = _address(address)
    length = int(length_text) if _LENGTH.fullmatch(length_text) else -1
    if number < 0 or not 0 <= length <= bits:
        raise call_failed(function, f"invalid CIDR expression: invalid CIDR address: {text}")
    host_bits = bits - length
    return _Prefix(number >> host_bits << host_bits, length, bits)


def _address(text: str) -> tuple[int, int]:
    """An address and its bits; (-1, 0) where the text is none."""
    try:
        if ":" in text:
            return (-1, 0) if "%" in text else (int(IPv6Address(text)), 128)
        octets = _OCTETS.fullmatch(text)
        return (int(IPv4Address(".".join(octets.groups()))), 32) if octets else (-1, 0)
    except AddressValueError:
        return -1, 0


def _whole(value: Value, function: str, *, bounded: bool) -> int:
    number = fraction_of(value)
    if isinstance(number, int) and (not bounded or -(2**63) <= number < 2**63):
        return number
    between = ", between -9223372036854775808 and 9223372036854775807" if bounded else ""
    raise call_failed(function, f"value must be a whole number{between}")


def _undecided(function: str, returns: Type, *arguments: Value) -> Value:
    identity = identity_of(function, *map(value_identity, arguments))
    reason = f"{function}() of an IPv4 address inside IPv6 is more than dynalint follows"
    return unknown(returns, Unknown(reason, identity, not_null=True))


def _cidrhost(_context: Context, prefix: Value, hostnum: Value) -> Value:
    network = _prefix(text_of(prefix), "cidrhost")
    host = _whole(hostnum, "cidrhost", bounded=False)
    if network.is_mapped:
        return _undecided("cidrhost", STRING, prefix, hostnum)
    size = 1 << (network.bits - network.length)
    number = host + size if host < 0 else host
    if not 0 <= number < size:
        raise call_failed("cidrhost", f"prefix of {network.length} does not accommodate a host numbered {number}")
    return string(_address_text(network.address + number, network.bits))


def _cidrnetmask(prefix: str) -> str:
    network = _prefix(prefix, "cidrnetmask")
    if network.bits == 128:
        raise call_failed("cidrnetmask", f"IPv6 addresses cannot have a netmask: {prefix}")
    return _address_text((1 << 32) - (1 << (32 - network.length)), 32)


def _cidrsubnet(_context: Context, prefix: Value, newbits: Value, netnum: Value) -> Value:
    network = _prefix(text_of(prefix), "cidrsubnet")
    extension = _whole(newbits, "cidrsubnet", bounded=True)
    number = _whole(netnum, "cidrsubnet", bounded=False)
    if network.is_mapped:
        return _undecided("cidrsubnet", STRING, prefix, newbits, netnum)
    length = network.length + extension
    if not 0 <= length <= network.bits:
        reason = f"insufficient address space to extend prefix of {network.length} by {extension}"
        raise call_failed("cidrsubnet", reason)
    # Go compares the lower 64 bits of the magnitude, so that negative numbers get through and wrap; it gives up on a
    # number that is longer than an address.
    most = (1 << extension) - 1 if 0 <= extension < 64 else _UINT64
    shifted = number << (network.bits - length)
    if abs(number) & _UINT64 > most or abs(shifted).bit_length() > network.bits:
        reason = f"prefix extension of {extension} does not accommodate a subnet numbered {number}"
        raise call_failed("cidrsubnet", reason)
    address = abs(network.address | shifted) % (1 << network.bits)
    return string(str(_Prefix(address, length, network.bits)))


def _cidrsubnets(context: Context, prefix: Value, *newbits: Value) -> Value:
    network = _prefix(text_of(prefix), "cidrsubnets")
    extensions = [_whole(value, "cidrsubnets", bounded=True) for value in newbits]
    if network.is_mapped:
        return _undecided("cidrsubnets", ListOf(STRING), prefix, *newbits)
    context.budget.allow_members(len(extensions))
    return list_value(STRING, tuple(string(str(subnet)) for subnet in _subnets(network, extensions)))


def _subnets(network: _Prefix, extensions: list[int]) -> Iterator[_Prefix]:
    """One subnet behind the other, each aligned to its own size."""
    end = network.address + (1 << (network.bits - network.length))
    following, before = network.address, None
    for extension in extensions:
        length = _extended(network, extension)
        size = 1 << (network.bits - length)
        address = -(-following // size) * size
        if address + size > end or network.address == 0:
            raise _no_space(length, before)
        before = _Prefix(address, length, network.bits)
        following = address + size
        yield before


def _extended(network: _Prefix, extension: int) -> int:
    length = network.length + extension
    if extension < 1:
        raise bad_argument("newbits", "must extend prefix by at least one bit")
    if extension > 32:
        raise bad_argument("newbits", "may not extend prefix by more than 32 bits")
    if length > network.bits:
        protocol = "IPv4" if network.bits == 32 else "IPv6"
        too_long = f"would extend prefix to {length} bits, which is too long for an {protocol} address"
        raise bad_argument("newbits", too_long)
    return length


def _no_space(length: int, before: _Prefix | None) -> EvaluationError:
    reason = f"not enough remaining address space for a subnet with a prefix of {length} bits"
    return bad_argument("newbits", f"{reason} after {before}" if before else reason)


_PREFIX = Parameter("prefix", STRING)

FUNCTIONS: tuple[Function, ...] = (
    Function("cidrhost", (_PREFIX, Parameter("hostnum", NUMBER)), None, STRING, _cidrhost),
    of_texts("cidrnetmask", ("prefix",), _cidrnetmask),
    Function(
        "cidrsubnet", (_PREFIX, Parameter("newbits", NUMBER), Parameter("netnum", NUMBER)), None, STRING, _cidrsubnet
    ),
    Function("cidrsubnets", (_PREFIX,), Parameter("newbits", NUMBER), ListOf(STRING), _cidrsubnets),
)
