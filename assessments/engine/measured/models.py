"""Which base model a tool's name for a provider means: without the host, the words of its interface and settings."""

import re

NAMES_NO_MODEL = re.compile(
    r"^(?:file|exec|https?|wss?|webhook|websocket|python|javascript|ruby|golang|package|promptfoo|echo|script|browser"
    r"|sequence|manual-input|mcp)(?::|$)|\.(?:js|mjs|cjs|ts|py|rb|go|sh)$",
    re.IGNORECASE,
)
"""A program, an address or the tool itself: what model stands behind it no file says."""

HOSTS = frozenset(
    re.findall(
        r"\S+",
        """
    abliteration ai21 aimlapi alibaba anthropic aws azure azureai azureopenai bedrock cerebras cloudera cloudflare
    cloudflare-ai cohere databricks deepinfra deepseek fireworks fireworks-ai f5 gcp github goodfire google grok groq
    helicone hf huggingface hyperbolic jfrog lambdalabs litellm llama-api llama-cpp-python llamafile lm_studio localai
    minimax mistral mockllm models moonshot nebius novita nscale ollama openai openai-api openrouter perplexity
    portkey replicate sagemaker sambanova snowflake snova together together_ai togetherai transformer_lens
    transformers truefoundry vertex vertexai vllm voyage watsonx xai
    """,
    )
)
INTERFACE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    agents assistant chat completion completions converse embedding embeddings feature-extraction foundry-agent image
    live messages moderation nova-sonic realtime responses sentence-similarity text-classification text-generation
    token-classification
    """,
    )
)
REGION = re.compile(r"^(?:us|eu|apac|global|us-gov|ca|jp|au)\.(?=[a-z0-9-]+\.)")
MAKER = re.compile(r"^(?:amazon|anthropic|cohere|deepseek|meta|mistral|ai21|openai|qwen|writer)\.(?=[a-z])")
"""As Bedrock writes its models."""


def base_model(provider: str) -> str:
    """The base model that a provider's name means, in lower case; empty where it names none.

    A tuned model is known by its base: the name of the tuning is no other base model.
    Source: docs/evidence.md, base models.

    >>> base_model("openai:chat:gpt-4.1-mini"), base_model("azureopenai:chat:gpt-4.1-mini")
    ('gpt-4.1-mini', 'gpt-4.1-mini')
    >>> base_model("openrouter/meta-llama/llama-3.3-70b"), base_model("mockllm/large-a")
    ('meta-llama/llama-3.3-70b', 'large-a')
    >>> base_model("bedrock:us.anthropic.claude-sonnet-4-5-20250929-v1:0")
    'claude-sonnet-4-5-20250929-v1:0'
    >>> base_model("openai:chat:ft:gpt-4.1-mini-2025-04-14:our-team::abc123")
    'gpt-4.1-mini-2025-04-14'
    >>> [base_model(name) for name in ("file://a.js", "exec: python a.py", "https://host/chat", "python:a.py")]
    ['', '', '', '']
    """
    name = provider.strip()
    if not name or NAMES_NO_MODEL.search(name):
        return ""
    name = _without_host(name.lower())
    if name.startswith("ft:"):
        name = name.split(":")[1]
    return MAKER.sub("", REGION.sub("", name))


def names_a_host(provider: str) -> bool:
    """Whether a text begins like the name of a model at a host, rather than being a label that people gave.

    >>> names_a_host("openai:gpt-4.1"), names_a_host("large-a")
    (True, False)
    """
    return re.split(r"[:/]", provider.strip().lower(), maxsplit=1)[0] in HOSTS and provider.strip().lower() not in HOSTS


def _without_host(name: str) -> str:
    """Strips from the left, while something is left: hosts first, then the words of their interface."""
    seen_host = False
    while True:
        first, rest = (*re.split(r"[:/]", name, maxsplit=1), "")[:2]
        if not rest or not (first in HOSTS or (seen_host and first in INTERFACE_WORDS)):
            return name
        seen_host = True
        name = rest
