"""The schema of the feed as OData CSDL XML 4.0."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

from services.odata.tables import FormTable

EDMX: Final = "http://docs.oasis-open.org/odata/ns/edmx"
EDM: Final = "http://docs.oasis-open.org/odata/ns/edm"
NAMESPACE: Final = "Tidtam"


def metadata(tables: Iterable[FormTable]) -> bytes:
    """An entity type for each table, and a container with its set."""
    ET.register_namespace("edmx", EDMX)
    root = ET.Element(f"{{{EDMX}}}Edmx", {"Version": "4.0"})
    services = ET.SubElement(root, f"{{{EDMX}}}DataServices")
    # the namespace of the schema is the default one of its subtree: Excel wants it so
    schema = ET.SubElement(services, "Schema", {"xmlns": EDM, "Namespace": NAMESPACE})
    container = ET.Element("EntityContainer", {"Name": "Container"})
    for table in tables:
        _entity_type(schema, table)
        ET.SubElement(container, "EntitySet", {"Name": table.name, "EntityType": f"{NAMESPACE}.{type_name(table)}"})
    schema.append(container)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def type_name(table: FormTable) -> str:
    return f"{table.name}_report"


def _entity_type(schema: ET.Element, table: FormTable) -> None:
    entity = ET.SubElement(schema, "EntityType", {"Name": type_name(table)})
    key = ET.SubElement(entity, "Key")
    ET.SubElement(key, "PropertyRef", {"Name": "id"})
    for column in table.columns:
        nullable = "true" if column.box else "false"
        ET.SubElement(entity, "Property", {"Name": column.name, "Type": column.type, "Nullable": nullable})
