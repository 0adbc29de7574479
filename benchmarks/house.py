"""A drawn house in place of a photograph: no real home is shown anywhere in this repository."""

from __future__ import annotations

from playwright.sync_api import Browser

_SVG = """
<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300" viewBox="0 0 400 300">
  <rect width="400" height="300" fill="#bfe0ee"/><circle cx="335" cy="55" r="24" fill="#ffe08a"/>
  <path d="M0 190 Q90 120 190 175 T400 150 V300 H0Z" fill="#8dbb7e"/><path d="M0 240 H400 V300 H0Z" fill="#c9ab7c"/>
  <path d="M52 300 V120" stroke="#7a5a3c" stroke-width="9"/><circle cx="52" cy="105" r="44" fill="#5e9a57"/>
  <path d="M125 235 V265 M175 235 V265 M245 235 V265 M292 235 V265" stroke="#5f4632" stroke-width="8"/>
  <rect x="115" y="150" width="188" height="88" fill="#b07d4f"/><path d="M95 155 L209 82 L323 155Z" fill="#8a3f33"/>
  <rect x="138" y="172" width="38" height="36" fill="#f6edd8"/>
  <rect x="242" y="172" width="38" height="36" fill="#f6edd8"/>
  <rect x="192" y="170" width="34" height="68" fill="#6d4a30"/>
  <path d="M196 238 L182 278 M222 238 L236 278" stroke="#5f4632" stroke-width="5"/>
  <path d="M190 250 H229 M187 264 H233" stroke="#5f4632" stroke-width="4"/>
</svg>
"""


def draw(browser: Browser) -> bytes:
    """The picture as a JPEG of 400 x 300."""
    page = browser.new_page(viewport={"width": 400, "height": 300})
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{_SVG}")
    photo = page.screenshot(type="jpeg", quality=85)
    page.close()
    return photo
