import pytest

from tshoot.catalog.anchors import load_anchors
from tshoot.catalog.services import load_services, resolve_target
from tshoot.target import TargetError
from tshoot.yamldoc import DocumentError


def test_shipped_anchors_have_several_operators_of_each_kind():
    anchors = load_anchors()
    assert len({operator.id for operator in anchors.operators}) >= 2
    assert len({check.operator for check in anchors.portal_checks}) >= 2
    assert len({server.operator for server in anchors.time_servers}) >= 2
    assert all(operator.v4 and operator.v6 for operator in anchors.operators)


def test_shipped_services_are_those_of_the_guides_and_the_app():
    services = load_services()
    assert list(services) == ["t-mobile", "metro", "home-internet", "t-life"]
    for service in services.values():
        hosts = service.target().hosts
        assert all(any(host.endswith(domain) for domain in service.domains) for host in hosts)


@pytest.mark.parametrize("wrong", ["tmobile", "Metr0", "home_internet"])
def test_a_misspelt_service_gets_the_nearest_name(wrong):
    with pytest.raises(TargetError, match="Did you mean"):
        resolve_target(wrong)


def test_services_are_found_whatever_their_case():
    assert resolve_target(" METRO ").service == "metro"
    assert resolve_target(None).service == "t-mobile"
    assert resolve_target("example.com").service is None


def test_every_problem_of_an_anchors_file_is_told(tmp_path):
    path = tmp_path / "anchors.yaml"
    path.write_text(
        "operators:\n  - {id: x, v4: [1.1.1], v6: ['::1'], tls_name: a, doh: b}\n"
        "portal_checks:\n  - {operator: x, url: 'https://a/', status: 204}\n"
        "time_servers:\n  - {operator: x, v4: 1.2.3.4, v6: 5.6.7.8}\n"
        "control_name: [a]\n"
    )
    with pytest.raises(DocumentError) as caught:
        load_anchors(path)
    assert [(p.line, p.rule) for p in caught.value.problems] == [
        (1, "field-missing"),
        (2, "anchor-address"),
        (4, "anchor-url"),
        (6, "anchor-address"),
        (7, "field-unknown"),
    ]


def test_every_problem_of_a_services_file_is_told(tmp_path):
    path = tmp_path / "services.yaml"
    path.write_text(
        "services:\n"
        "  - {id: a, title: A, host: 'bad host', chain: [], domains: [a.b], contacts: []}\n"
        "  - {id: a, title: A, host: a.b, chain: [{host: c.d, role: r, trust: Z, source: s}], "
        "domains: [a.b], contacts: []}\n"
    )
    with pytest.raises(DocumentError) as caught:
        load_services(path)
    assert {p.rule for p in caught.value.problems} == {"service-host", "field-choice", "service-duplicate"}
