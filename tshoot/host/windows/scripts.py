"""The PowerShell that is run: reads only, prints one JSON document. Numbers instead of localised words."""

from __future__ import annotations

import os
from base64 import b64encode

_PREFACE = (
    "$ErrorActionPreference='SilentlyContinue';$ProgressPreference='SilentlyContinue';"
    "[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false;"
)

STATE = (
    _PREFACE
    + """
ConvertTo-Json -Compress -Depth 4 @{
 adapters=@(Get-NetAdapter -IncludeHidden:$false | ForEach-Object {@{
  index=[int]$_.ifIndex; name=$_.Name; description=$_.InterfaceDescription; type=[int]$_.InterfaceType;
  medium=[int]$_.NdisPhysicalMedium; virtual=[bool]$_.Virtual; mtu=[long]$_.MtuSize;
  admin=[int]$_.InterfaceAdminStatus; media=[int]$_.MediaConnectionState}});
 interfaces=@(Get-NetIPInterface | ForEach-Object {@{
  index=[int]$_.ifIndex; name=$_.InterfaceAlias; family=[int]$_.AddressFamily; mtu=[long]$_.NlMtu;
  metric=[long]$_.InterfaceMetric; connected=[int]$_.ConnectionState}});
 addresses=@(Get-NetIPAddress | ForEach-Object {@{
  index=[int]$_.ifIndex; ip=$_.IPAddress; prefix=[int]$_.PrefixLength; state=[int]$_.AddressState}});
 routes=@(Get-NetRoute -PolicyStore ActiveStore | ForEach-Object {@{
  index=[int]$_.ifIndex; destination=$_.DestinationPrefix; gateway=$_.NextHop; metric=[long]$_.RouteMetric}});
 dns=@(Get-DnsClientServerAddress | ForEach-Object {@{
  index=[int]$_.InterfaceIndex; servers=@($_.ServerAddresses)}});
 search=@((Get-DnsClientGlobalSetting).SuffixSearchList) + @(Get-DnsClient | ForEach-Object {
  $_.ConnectionSpecificSuffix})}
"""
)
"""Answers with lists ``adapters``, ``interfaces``, ``addresses``, ``routes``, ``dns``, ``search``."""

NEIGHBOURS = (
    _PREFACE
    + """
ConvertTo-Json -Compress -Depth 3 @{neighbours=@(Get-NetNeighbor | ForEach-Object {@{
  index=[int]$_.ifIndex; name=$_.InterfaceAlias; ip=$_.IPAddress; state=[int]$_.State}})}
"""
)
"""Answers with the list ``neighbours``."""


def powershell(script: str) -> tuple[str, ...]:
    """The command line that runs ``script`` without profile, prompt or quoting trouble."""
    program = system_path(r"System32\WindowsPowerShell\v1.0\powershell.exe")
    encoded = b64encode(script.encode("utf-16-le")).decode("ascii")
    return (program, "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded)


def system_path(tail: str) -> str:
    """A path below the Windows folder."""
    return os.environ.get("SYSTEMROOT", r"C:\Windows") + "\\" + tail
